package dev.homeport.skills;

import dev.homeport.skills.SkillFiles.Entry;
import dev.homeport.skills.SkillIndex.Indexed;
import dev.homeport.skills.text.IndexSegment;
import dev.homeport.workspace.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/// A catalog as it was when it was saved: the directories, what the parser made of each file, the
/// compressed files and the index. Mapped into memory, so that only names and descriptions take up
/// heap.
///
/// @param directories the directories with the times by which a change is noticed
/// @param entries the files, with their digests
/// @param indexed the index
record CatalogImage(
    Map<SkillTree.Place, SkillDirectory> directories,
    Map<SkillLocation, Entry> entries,
    Indexed indexed) {
  /// Changed whenever the format or the parser changes, so that nothing outlives its meaning.
  private static final long FORMAT = 0x484B_5349_0000_0006L;

  private static final String SUFFIX = ".catalog";

  /// An image that nobody has read for so long is removed.
  private static final Duration UNUSED = Duration.ofDays(60);

  /// So exactly is told when an image was last read.
  private static final Duration TOUCHED = Duration.ofDays(1);

  private static final int HEADER = 5 * Long.BYTES;

  /// Where the image of a configuration is kept: one for each set of roots.
  static Path file(Path directory, SkillsConfig config) {
    byte[] key = config.key().getBytes(StandardCharsets.UTF_8);
    return directory.resolve(Sha256.hex(key).substring(0, 16) + SUFFIX);
  }

  /// Reads an image; empty if there is none, or none of this version.
  static Optional<CatalogImage> load(Path file, SkillsConfig config) {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      touch(file);
      return Optional.of(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()))
          .filter(CatalogImage::isWhole)
          .map(mapped -> new ImageCodec(config).read(parts(mapped)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      log().log(System.Logger.Level.WARNING, "the skill cache cannot be read: {0}", e.getMessage());
      return Optional.empty();
    }
  }

  /// The time of an image says when it was last read.
  private static void touch(Path file) throws IOException {
    Instant now = Instant.now();
    boolean isOld = Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(TOUCHED));
    if (isOld && Files.isWritable(file)) {
      Files.setLastModifiedTime(file, FileTime.from(now));
    }
  }

  /// Removes the images of roots that are used no more, such as earlier versions of sources, and
  /// what a process that was killed left behind.
  private static void removeUnused(Path directory) throws IOException {
    Instant bar = Instant.now().minus(UNUSED);
    try (Stream<Path> images = Files.list(directory)) {
      for (Path image : images.filter(Files::isRegularFile).toList()) {
        if (Files.getLastModifiedTime(image).toInstant().isBefore(bar)) {
          Files.deleteIfExists(image);
        }
      }
    } catch (NoSuchFileException removed) {
      // Another process tidies up as well, and will go on with it.
      log().log(System.Logger.Level.DEBUG, "removed meanwhile", removed);
    }
  }

  /// The parts of an image.
  ///
  /// @param records what [ImageCodec] writes
  /// @param index the index segment
  /// @param sources the compressed files, one after the other
  record Parts(ByteBuffer records, ByteBuffer index, ByteBuffer sources) {}

  private static boolean isWhole(ByteBuffer image) {
    if (image.limit() < HEADER || image.getLong(0) != FORMAT) {
      return false;
    }
    long records = image.getLong(8);
    long index = image.getLong(16);
    long sources = image.getLong(24);
    var crc = new CRC32C();
    if (HEADER + records + index + sources != image.limit()) {
      return false;
    }
    crc.update(image.slice(HEADER, (int) records));
    return crc.getValue() == image.getLong(32);
  }

  private static Parts parts(ByteBuffer image) {
    int records = (int) image.getLong(8);
    int index = (int) image.getLong(16);
    int sources = (int) image.getLong(24);
    return new Parts(
        image.slice(HEADER, records),
        image.slice(HEADER + records, index),
        image.slice(HEADER + records + index, sources));
  }

  /// Writes the image and moves the files and the index of its skills there.
  ///
  /// @return the index in its new place
  Indexed save(Path file, SkillsConfig config) throws IOException {
    List<SkillSource> sources = new ArrayList<>();
    byte[] records = new ImageCodec(config).write(this, sources);
    List<ByteBuffer> compressed = sources.stream().map(SkillSource::compressed).toList();
    long sourceBytes = compressed.stream().mapToLong(ByteBuffer::remaining).sum();
    ByteBuffer index = indexed.segment().buffer();
    var crc = new CRC32C();
    crc.update(records);
    ByteBuffer header =
        ByteBuffer.allocate(HEADER)
            .putLong(FORMAT)
            .putLong(records.length)
            .putLong(index.remaining())
            .putLong(sourceBytes)
            .putLong(crc.getValue())
            .flip();
    var buffers = new ArrayList<>(List.of(header, ByteBuffer.wrap(records), index));
    buffers.addAll(compressed);
    Parts mapped = parts(write(file, buffers));
    int at = 0;
    for (SkillSource source : sources) {
      int size = source.compressed().remaining();
      source.moveTo(mapped.sources(), at);
      at += size;
    }
    return new Indexed(IndexSegment.of(mapped.index()), indexed.skills());
  }

  /// Replaces the file at once; a crash of the machine may lose it, and nothing else.
  private static ByteBuffer write(Path file, List<ByteBuffer> buffers) throws IOException {
    Path directory = file.resolveSibling("");
    var forOwner =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    Files.createDirectories(directory, forOwner);
    Path temporary = Files.createTempFile(directory, "catalog", ".tmp");
    try (var channel =
        FileChannel.open(temporary, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      for (ByteBuffer buffer : buffers) {
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
      }
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      removeUnused(directory);
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static System.Logger log() {
    return System.getLogger(CatalogImage.class.getName());
  }
}
