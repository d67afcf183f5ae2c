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
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;

/// A table as it is kept on the disk for the next process, which then asks for files instead of
/// listing directories.
///
/// It need not be of now: whatever it tells of is compared with the disk before it is used. Derived
/// data, of which a torn or foreign file is as good as none. Immutable.
public final class TableImage {
  /// Changes with the format.
  private static final byte[] MAGIC = "homeport table 1".getBytes(StandardCharsets.US_ASCII);

  private static final int CHECKSUM = Long.BYTES;

  private final FileTable table;
  private final Map<String, Stat> outside;

  /// @param outside the states of the ignore files outside of the tree that the table depends on,
  ///   by their paths
  TableImage(FileTable table, Map<String, Stat> outside) {
    this.table = table;
    this.outside = Map.copyOf(outside);
  }

  /// The table.
  public FileTable table() {
    return table;
  }

  Map<String, Stat> outside() {
    return outside;
  }

  /// Puts the image in the place of an older one.
  ///
  /// It is not forced to the disk: one that a power loss leaves torn is made again.
  ///
  /// @param root the tree that it is of
  public void save(Path file, Path root) throws IOException {
    var out = new ImageOutput();
    out.bytes(MAGIC);
    out.text(root.toString());
    out.number(outside.size());
    outside.forEach((path, stat) -> {
      out.text(path);
      out.stat(stat);
    });
    out.folder(table.root());
    byte[] bytes = out.toByteArray();
    Path unfinished = Files.createTempFile(file.getParent(), "table", ".new");
    try (var channel = Files.newByteChannel(unfinished, StandardOpenOption.WRITE)) {
      write(channel, ByteBuffer.wrap(bytes));
      write(channel, checksum(bytes, bytes.length));
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

  private static ByteBuffer checksum(byte[] bytes, int length) {
    var checksum = new CRC32();
    checksum.update(bytes, 0, length);
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
        || !checksum(bytes, length).equals(ByteBuffer.wrap(bytes, length, CHECKSUM))) {
      return Optional.empty();
    }
    var in = new ImageInput(bytes, MAGIC.length);
    if (!in.text().equals(root.toString())) {
      return Optional.empty();
    }
    var outside = new HashMap<String, Stat>();
    for (int left = in.number(); left > 0; left--) {
      outside.put(in.text(), in.stat());
    }
    return Optional.of(new TableImage(new FileTable(in.folder(), 1), outside));
  }
}
