package dev.homeport.workspace;

import dev.homeport.workspace.WorkspaceException.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/// An open directory whose entries are reached relative to its descriptor, never by path.
///
/// Whoever swaps a component for a link while an operation runs changes nothing: the descriptor
/// stays what it was. Thread-safe until it is closed; close it after use.
final class SecureDirectory implements AutoCloseable {
  private static final String TEMPORARY_PREFIX = ".homeport-tmp-";
  private static final int HALF_DIGITS = 8;
  private static final AtomicInteger NAMES = new AtomicInteger();
  private static final Path SELF = Path.of(".");
  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<Set<PosixFilePermission>> SHARED_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-rw-rw-"));
  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE_DIRECTORY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final SecureDirectoryStream<Path> stream;
  private final Path host;

  private SecureDirectory(SecureDirectoryStream<Path> stream, Path host) {
    this.stream = stream;
    this.host = host;
  }

  /// Opens a directory that the caller trusts, such as a workspace root.
  @SuppressWarnings("StreamResourceLeak") // the descriptor lives as long as this object
  static SecureDirectory open(Path directory) throws IOException {
    var stream = Files.newDirectoryStream(directory);
    if (stream instanceof SecureDirectoryStream<Path> secure) {
      return new SecureDirectory(secure, directory);
    }
    stream.close();
    throw new WorkspaceException(
        Kind.DENIED,
        "This file system cannot open files relative to a directory; use Linux, macOS or WSL.");
  }

  /// Opens an entry that is a directory and not a link.
  ///
  /// Look at it with [#stat] first: the JDK opens before it asks for the type, so a pipe would
  /// block and a file would leak a descriptor.
  @SuppressWarnings("StreamResourceLeak") // as in open
  SecureDirectory child(String name) throws IOException {
    return new SecureDirectory(
        stream.newDirectoryStream(entry(name), LinkOption.NOFOLLOW_LINKS), host.resolve(name));
  }

  /// What an entry is, or empty if there is none.
  Optional<BasicFileAttributes> stat(String name) throws IOException {
    try {
      return Optional.of(
          stream
              .getFileAttributeView(
                  entry(name), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
              .readAttributes());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /// Whether a name is that of an unfinished write.
  static boolean isTemporary(String name) {
    return name.startsWith(TEMPORARY_PREFIX)
        && name.length() == TEMPORARY_PREFIX.length() + 2 * HALF_DIGITS;
  }

  /// The mark of the process that began an unfinished write; empty if none of Homeport's did.
  static OptionalInt markOf(String temporary) {
    String digits = temporary.substring(TEMPORARY_PREFIX.length());
    return digits.chars().allMatch(HexFormat::isHexDigit)
        ? OptionalInt.of(HexFormat.fromHexDigits(digits, 0, HALF_DIGITS))
        : OptionalInt.empty();
  }

  /// The names of all entries, those of unfinished writes included.
  List<String> names() throws IOException {
    return entries().stream().map(Path::toString).toList();
  }

  private List<Path> entries() throws IOException {
    var entries = new ArrayList<Path>();
    try (var listing = stream.newDirectoryStream(SELF, LinkOption.NOFOLLOW_LINKS)) {
      listing.forEach(entry -> entries.add(Objects.requireNonNull(entry.getFileName())));
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return entries;
  }

  /// Opens an entry; links are never followed. A file that is made here is readable by its owner
  /// alone or, if it is not private, by whom the umask allows.
  FileChannel openFile(String name, Set<? extends OpenOption> options, boolean isPrivate)
      throws IOException {
    return openFile(name, options, isPrivate ? PRIVATE_FILE : SHARED_FILE);
  }

  private FileChannel openFile(
      String name,
      Set<? extends OpenOption> options,
      FileAttribute<Set<PosixFilePermission>> permissions)
      throws IOException {
    var all = new HashSet<OpenOption>(options);
    all.add(LinkOption.NOFOLLOW_LINKS);
    return (FileChannel) stream.newByteChannel(entry(name), all, permissions);
  }

  /// Replaces an entry by new content in one step. The new content is durable before it stands
  /// there; that it stands there is so only after [#force].
  ///
  /// Permissions of the old file are kept, and its owner and group where this process may give
  /// files away. A file that nobody may write is left alone.
  void replaceFile(String name, byte[] content, boolean isPrivate, Durability durability)
      throws IOException {
    var kept = Ownership.of(stream, entry(name), host);
    if (kept.isPresent() && kept.get().isWriteProtected()) {
      throw new AccessDeniedException(name);
    }
    String temporary = temporaryName();
    try {
      var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      var permissions =
          kept.map(Ownership::forNewFile).orElse(isPrivate ? PRIVATE_FILE : SHARED_FILE);
      try (var channel = openFile(temporary, options, permissions)) {
        var buffer = ByteBuffer.wrap(content);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        if (kept.isPresent()) {
          kept.get().give(stream, entry(temporary), host);
        }
        if (durability == Durability.FULL) {
          channel.force(true);
        }
      }
      move(temporary, this, name);
    } catch (IOException | RuntimeException e) {
      discard(temporary, e);
      throw e;
    }
  }

  private void discard(String temporary, Exception reason) {
    try {
      stream.deleteFile(entry(temporary));
    } catch (NoSuchFileException e) {
      return;
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  /// Moves an entry into another directory (or this one), in place of a file that stands there.
  void move(String name, SecureDirectory target, String newName) throws IOException {
    stream.move(entry(name), target.stream, entry(newName));
  }

  /// Makes a directory in this one, unless another writer just did.
  ///
  /// Java has no `mkdirat`: the directory is made directly below the trusted root and then moved
  /// here relative to both descriptors. If an empty directory stands here by then, it is replaced,
  /// so whoever opened that one finds it gone and has to walk again. Durable after [#force].
  void createDirectory(String name, Path trustedRoot, boolean isPrivate) throws IOException {
    String temporary = temporaryName();
    Path staged = trustedRoot.resolve(temporary);
    if (isPrivate) {
      Files.createDirectory(staged, PRIVATE_DIRECTORY);
    } else {
      Files.createDirectory(staged);
    }
    try (var root = open(trustedRoot)) {
      root.move(temporary, this, name);
    } catch (IOException e) {
      Files.deleteIfExists(staged);
      if (stat(name).filter(BasicFileAttributes::isDirectory).isEmpty()) {
        throw e;
      }
    }
  }

  /// Deletes an entry and, if it is a directory, all below it; links are deleted, not followed.
  /// What another process deletes meanwhile is no error.
  void deleteTree(String name) throws IOException {
    deleteTree(entry(name));
  }

  private void deleteTree(Path entry) throws IOException {
    try {
      if (!isDirectory(entry)) {
        stream.deleteFile(entry);
        return;
      }
      try (var directory =
          new SecureDirectory(
              stream.newDirectoryStream(entry, LinkOption.NOFOLLOW_LINKS), host.resolve(entry))) {
        for (Path below : directory.entries()) {
          directory.deleteTree(below);
        }
      }
      stream.deleteDirectory(entry);
    } catch (NoSuchFileException e) {
      return;
    }
  }

  private boolean isDirectory(Path entry) throws IOException {
    return stream
        .getFileAttributeView(entry, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .readAttributes()
        .isDirectory();
  }

  /// What tells this directory from every other one, whatever path leads to it.
  Object key() throws IOException {
    return Objects.requireNonNull(
        stream.getFileAttributeView(BasicFileAttributeView.class).readAttributes().fileKey());
  }

  /// Makes the entries of this directory durable.
  void force() throws IOException {
    try (var self = openFile(".", Set.of(StandardOpenOption.READ), true)) {
      self.force(true);
    }
  }

  private static Path entry(String name) throws WorkspaceException {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new WorkspaceException(
          Kind.BAD_PATH,
          "The name '"
              + name
              + "' cannot be written in this process's locale; start Homeport with LC_ALL=C.UTF-8.",
          e);
    }
  }

  /// The mark of this process, and a number.
  private static String temporaryName() {
    var hex = HexFormat.of();
    return TEMPORARY_PREFIX
        + hex.toHexDigits(ProcessLocks.MARK)
        + hex.toHexDigits(NAMES.getAndIncrement());
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
