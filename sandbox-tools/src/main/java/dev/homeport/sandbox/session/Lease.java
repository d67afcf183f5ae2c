package dev.homeport.sandbox.session;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A file that names the process an instance belongs to, and is locked while that lives.
///
/// The lock alone would do but for one case: whoever is in another PID namespace is not seen in
/// `/proc`. Whoever wants to sweep or adopt an instance must hold its lock, so that only one does.
/// A file whose lock is held is never opened again here, because closing it would let go of the
/// lock.
final class Lease implements AutoCloseable {
  private static final String SUFFIX = ".lease";
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final @Nullable FileChannel channel;

  private Lease(Path file, @Nullable FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /// Makes the lease of a new instance; it appears complete and locked.
  static Lease create(Path root, String id) throws IOException {
    Path draft = root.resolve(id + ".draft");
    FileChannel channel =
        FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try {
      channel.lock();
      var lease = new Lease(file(root, id), channel);
      HELD.add(lease.file);
      lease.keep();
      Files.move(draft, lease.file, StandardCopyOption.ATOMIC_MOVE);
      return lease;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /// Takes the lease of an instance that nobody owns any more; empty if somebody does, or is about
  /// to.
  static Optional<Lease> claim(Path root, String id) throws IOException {
    Path file = file(root, id);
    if (!HELD.add(file)) {
      return Optional.empty();
    }
    @Nullable Lease claimed = null;
    try {
      claimed = claim(file);
    } finally {
      if (claimed == null) {
        HELD.remove(file);
      }
    }
    return Optional.ofNullable(claimed);
  }

  private static @Nullable Lease claim(Path file) throws IOException {
    FileChannel channel;
    try {
      channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } catch (NoSuchFileException e) {
      return new Lease(file, null);
    }
    boolean free = false;
    try {
      free = channel.tryLock() != null && !isOwned(channel);
    } finally {
      if (!free) {
        channel.close();
      }
    }
    return free ? new Lease(file, channel) : null;
  }

  private static boolean isOwned(FileChannel channel) throws IOException {
    var text = ByteBuffer.allocate(64);
    channel.read(text, 0);
    Optional<OwnerProcess> owner =
        OwnerProcess.parse(new String(text.array(), 0, text.position(), StandardCharsets.UTF_8));
    return owner.isPresent() && owner.get().isAlive();
  }

  private static Path file(Path root, String id) {
    return root.resolve(id + SUFFIX).toAbsolutePath();
  }

  /// Names this process as the owner.
  void keep() throws IOException {
    if (channel == null) {
      throw new IOException("an instance without a lease cannot be kept");
    }
    byte[] owner = OwnerProcess.current().toString().getBytes(StandardCharsets.UTF_8);
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(owner), 0);
  }

  /// Removes the lease, after all that it was for.
  void end() throws IOException {
    Files.deleteIfExists(file);
    close();
  }

  /// Lets the lease go as it is.
  @Override
  public void close() throws IOException {
    HELD.remove(file);
    if (channel != null) {
      channel.close();
    }
  }
}
