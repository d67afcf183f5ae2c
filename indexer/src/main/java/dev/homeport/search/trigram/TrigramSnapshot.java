package dev.homeport.search.trigram;

import dev.homeport.search.gram.GramFilter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.lucene.index.CodecReader;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReader;

/// The index at one moment. Thread-safe; close it after use.
public final class TrigramSnapshot implements AutoCloseable {
  private static final String IMAGE = "catalog";

  private final DirectoryReader reader;
  private final FileCatalog catalog;
  private final List<Segment> segments;
  private final AtomicBoolean closed = new AtomicBoolean();

  /// A segment of the index.
  static final class Segment {
    final LeafReader reader;

    /// For each document the number of its file, or -1 if it is deleted or its file was not indexed
    /// to the end.
    final int[] files;

    Segment(LeafReader reader, int[] files) {
      this.reader = reader;
      this.files = files;
    }
  }

  private TrigramSnapshot(DirectoryReader reader, FileCatalog catalog, List<Segment> segments) {
    this.reader = reader;
    this.catalog = catalog;
    this.segments = segments;
  }

  /// Takes over the reader.
  ///
  /// @param directory of the index, where an image of its catalog may be
  static TrigramSnapshot of(DirectoryReader reader, Path directory) throws IOException {
    Optional<CatalogImage> image = CatalogImage.read(directory.resolve(IMAGE), reader);
    return image.isPresent()
        ? new TrigramSnapshot(reader, image.get().catalog(), image.get().segments())
        : of(reader);
  }

  /// Takes over the reader.
  static TrigramSnapshot of(DirectoryReader reader) throws IOException {
    var loader = new CatalogLoader(reader.leaves());
    return new TrigramSnapshot(reader, loader.catalog(), loader.segments());
  }

  /// The same snapshot for another user, who closes it, too.
  public TrigramSnapshot share() {
    reader.incRef();
    return new TrigramSnapshot(reader, catalog, segments);
  }

  DirectoryReader reader() {
    return reader;
  }

  /// Keeps what opening this state of the index would take longest to find out; for the process
  /// that writes the index.
  ///
  /// @param directory of the index
  public void keepCatalog(Path directory) throws IOException {
    CatalogImage.save(directory.resolve(IMAGE), version(), catalog, segments);
  }

  /// The indexed files.
  public FileCatalog catalog() {
    return catalog;
  }

  /// Counts the commits of the index.
  public long generation() throws IOException {
    return reader.getIndexCommit().getGeneration();
  }

  /// Names the state of the index: another one has another version.
  public long version() {
    return reader.getVersion();
  }

  /// How many chunks are indexed, those included that an update has replaced.
  public int chunkCount() {
    return reader.maxDoc();
  }

  /// Locates the trigrams of a filter in the index; what it costs to look them up is known then.
  ///
  /// @throws UnusableIndexException if the index must be made again
  public GramLookup lookup(GramFilter filter) throws IOException {
    return UnusableIndexException.reading(() -> GramLookup.of(filter, catalog, segments));
  }

  /// Reads the whole index and compares checksums, which takes about as long as reading the files.
  ///
  /// @throws UnusableIndexException if the index must be made again
  public void verify() throws IOException {
    UnusableIndexException.reading(() -> {
      for (Segment segment : segments) {
        ((CodecReader) segment.reader).checkIntegrity();
      }
      return true;
    });
  }

  /// Gives the snapshot up; once is enough.
  @Override
  public void close() throws IOException {
    if (!closed.getAndSet(true)) {
      reader.decRef();
    }
  }
}
