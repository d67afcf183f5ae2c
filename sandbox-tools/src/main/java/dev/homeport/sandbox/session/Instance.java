package dev.homeport.sandbox.session;

import dev.homeport.sandbox.SandboxBackend;
import dev.homeport.sandbox.files.Trees;
import dev.homeport.workspace.Sha256;
import dev.homeport.workspace.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// One owner of sandboxes: a directory below the state root, and a lease beside it.
///
/// The lease `<id>.lease` names the owner's process and is locked while that lives. It appears
/// complete and locked, and before the directory does; so a directory whose lease is missing, or is
/// free and names no running process, belongs to nobody and may be swept.
final class Instance implements AutoCloseable {
  private static final String LEASE = ".lease";

  private final Path root;
  private final String id;
  private final FileChannel lease;
  private final Workspace tree;

  private Instance(Path root, String id, FileChannel lease, Workspace tree) {
    this.root = root;
    this.id = id;
    this.lease = lease;
    this.tree = tree;
  }

  static Instance open(Path root) throws IOException {
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    Files.createDirectories(root, ownerOnly);
    byte[] random = new byte[6];
    new SecureRandom().nextBytes(random);
    String id = prefix(root) + HexFormat.of().formatHex(random);
    Path draft = root.resolve(id + ".draft");
    FileChannel channel =
        FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try {
      channel.lock();
      channel.write(
          ByteBuffer.wrap(OwnerProcess.current().toString().getBytes(StandardCharsets.UTF_8)));
      Files.move(draft, leaseOf(root, id), StandardCopyOption.ATOMIC_MOVE);
      Files.createDirectory(root.resolve(id), ownerOnly);
      return new Instance(root, id, channel, Workspace.open(root.resolve(id)));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /// Tells instances of this root from those of others in the same engine.
  private static String prefix(Path root) throws IOException {
    byte[] path = root.toRealPath().toString().getBytes(StandardCharsets.UTF_8);
    return Sha256.hex(path).substring(0, 8);
  }

  private static Path leaseOf(Path root, String id) {
    return root.resolve(id + LEASE);
  }

  String id() {
    return id;
  }

  Path directory() {
    return root.resolve(id);
  }

  /// The directory as a tree that is read without following links.
  Workspace tree() {
    return tree;
  }

  /// Removes what dead instances left: first in the engines, then on the disk.
  void sweep(List<SandboxBackend> backends) throws IOException, InterruptedException {
    String prefix = prefix(root);
    for (SandboxBackend backend : backends) {
      backend.sweep(root, instance -> !instance.startsWith(prefix) || lives(instance));
    }
    List<Path> entries;
    try (var stream = Files.list(root)) {
      entries = stream.toList();
    }
    for (Path entry : entries) {
      String name = String.valueOf(entry.getFileName());
      if (Files.isDirectory(entry) && !lives(name)) {
        Trees.delete(entry);
        Files.deleteIfExists(leaseOf(root, name));
      }
    }
  }

  private boolean lives(String instance) {
    Path file = leaseOf(root, instance);
    try {
      Optional<OwnerProcess> owner = OwnerProcess.parse(Files.readString(file));
      if (owner.isPresent() && owner.get().isAlive()) {
        return true;
      }
      return isLocked(file);
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// An owner in another PID namespace is not seen in `/proc`, but its lock is.
  private static boolean isLocked(Path file) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock == null;
    }
  }

  @Override
  public void close() throws IOException {
    Trees.delete(directory());
    Files.deleteIfExists(leaseOf(root, id));
    lease.close();
  }
}
