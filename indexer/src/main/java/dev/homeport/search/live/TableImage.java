package dev.homeport.search.live;

import dev.homeport.search.columns.ColumnInput;
import dev.homeport.search.columns.ColumnOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A table as it is kept on the disk for the next process, which then asks for files instead of
/// listing directories.
///
/// It need not be of now: whatever it tells of is compared with the disk before it is used.
///
/// @param index the version of the index that the table was compared with
/// @param missing the paths of the files that this index does not know in the state that they have
///   in the table
public record TableImage(FileTable table, long index, List<String> missing) {
  private static final String FORMAT = "homeport table 3";

  /// Copies the paths.
  public TableImage {
    missing = List.copyOf(missing);
  }

  /// Puts the image in the place of an older one; only one process may do this at a time.
  ///
  /// @param root the tree that it is of
  public void save(Path file, Path root) throws IOException {
    var out = new ColumnOutput(FORMAT);
    out.text(root.toString());
    out.number(index);
    out.texts(missing);
    var image = new ImageOutput(out);
    image.states(table.outside());
    image.folder(table.root());
    out.save(file);
  }

  /// The image of a tree, if there is one that can be used.
  ///
  /// @throws IOException if it cannot be read, or is not what it says
  static Optional<TableImage> read(Path file, Path root) throws IOException {
    return ColumnInput.read(
        file,
        FORMAT,
        in -> in.text().equals(root.toString()) ? Optional.of(parse(in)) : Optional.empty());
  }

  private static TableImage parse(ColumnInput in) {
    long index = in.number();
    List<String> missing = in.texts();
    var image = new ImageInput(in);
    Map<String, Stat> outside = image.states();
    return new TableImage(
        new FileTable(image.folder(), ImageInput.GENERATION, outside), index, missing);
  }
}
