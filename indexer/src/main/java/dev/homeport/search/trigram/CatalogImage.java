package dev.homeport.search.trigram;

import dev.homeport.search.columns.ColumnInput;
import dev.homeport.search.columns.ColumnOutput;
import dev.homeport.search.trigram.TrigramSnapshot.Segment;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;

/// Which files one state of an index has, kept beside it, as to read that from the index itself
/// takes a good part of a start. Derived data.
///
/// @param segments in the order in which a reader has them
record CatalogImage(FileCatalog catalog, List<Segment> segments) {
  private static final String FORMAT = "homeport catalog 1";

  /// Puts the image of a state in the place of an older one; only one process may do this at a
  /// time.
  static void save(Path file, long version, FileCatalog catalog, List<Segment> segments)
      throws IOException {
    var out = new ColumnOutput(FORMAT);
    out.number(version);
    out.number(segments.size());
    for (Segment segment : segments) {
      out.number(segment.files.length);
      out.ints(segment.files);
    }
    catalog.write(out);
    out.save(file);
  }

  /// The image of the state that a reader has, if there is one.
  static Optional<CatalogImage> read(Path file, DirectoryReader reader) {
    try {
      return ColumnInput.read(file, FORMAT, in -> parse(in, reader));
    } catch (IOException e) {
      System.getLogger(CatalogImage.class.getName()).log(Level.DEBUG, "catalog=unreadable", e);
      return Optional.empty();
    }
  }

  private static Optional<CatalogImage> parse(ColumnInput in, DirectoryReader reader) {
    List<LeafReaderContext> leaves = reader.leaves();
    if (in.number() != reader.getVersion() || in.number() != leaves.size()) {
      return Optional.empty();
    }
    var segments = new ArrayList<Segment>();
    for (LeafReaderContext leaf : leaves) {
      int documents = in.length();
      if (documents != leaf.reader().maxDoc()) {
        return Optional.empty();
      }
      segments.add(new Segment(leaf.reader(), in.ints(documents)));
    }
    return Optional.of(new CatalogImage(FileCatalog.read(in), segments));
  }
}
