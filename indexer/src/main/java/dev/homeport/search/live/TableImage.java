package dev.homeport.search.live;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;

/// A table as it is kept on the disk for the next process, which then asks for files instead of
/// listing directories.
///
/// It need not be of now: whatever it tells of is compared with the disk before it is used. Derived
/// data, of which a torn or foreign file is as good as none.
///
/// @param index the version of the index that the table was compared with
/// @param missing the paths of the files that this index does not know in the state that they have
///   in the table
public record TableImage(FileTable table, long index, List<String> missing) {
  /// Changes with the format.
  private static final byte[] MAGIC = "homeport table 1".getBytes(StandardCharsets.US_ASCII);

  private static final int CHECKSUM = Long.BYTES;

  /// Copies the paths.
  public TableImage {
    missing = List.copyOf(missing);
  }

  /// Puts the image in the place of an older one.
  ///
  /// It is not forced to the disk: one that a power loss leaves torn is made again. Only one
  /// process may do this at a time.
  ///
  /// @param root the tree that it is of
  public void save(Path file, Path root) throws IOException {
    var out = new ImageOutput();
    out.bytes(MAGIC);
    out.text(root.toString());
    out.number(index);
    out.texts(missing);
    out.states(table.outside());
    out.folder(table.root());
    Path unfinished = file.resolveSibling(file.getFileName() + ".new");
    try (var channel =
        Files.newByteChannel(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      write(channel, out.written());
      write(channel, checksum(out.written()));
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.deleteIfExists(unfinished);
      throw e;
    }
  }

  private static void write(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static ByteBuffer checksum(ByteBuffer bytes) {
    var checksum = new CRC32();
    checksum.update(bytes);
    return ByteBuffer.allocate(CHECKSUM)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(0, checksum.getValue());
  }

  /// The image of a tree, if there is one that can be used.
  static Optional<TableImage> read(Path file, Path root) throws IOException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    int length = bytes.length - CHECKSUM;
    if (length < MAGIC.length
        || !Arrays.equals(MAGIC, Arrays.copyOf(bytes, MAGIC.length))
        || !checksum(ByteBuffer.wrap(bytes, 0, length))
            .equals(ByteBuffer.wrap(bytes, length, CHECKSUM))) {
      return Optional.empty();
    }
    var in = new ImageInput(bytes, MAGIC.length);
    if (!in.text().equals(root.toString())) {
      return Optional.empty();
    }
    long index = in.number();
    List<String> missing = in.texts();
    Map<String, Stat> outside = in.states();
    var table = new FileTable(in.folder(), ImageInput.GENERATION, outside);
    return Optional.of(new TableImage(table, index, missing));
  }
}
