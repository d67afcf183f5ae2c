package dev.homeport.sandbox.session;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.homeport.sandbox.files.Trees;
import dev.homeport.workspace.Sha256;
import dev.homeport.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// One owner of sandboxes: a directory below the state root, and a [Lease] beside it.
///
/// The lease appears before the directory does; so a directory whose lease is missing, or is free
/// and names no running process, belongs to nobody. It may be adopted by a server of the same kin,
/// and is swept by anybody.
final class Instance implements AutoCloseable {
  private static final String KIN = "kin";

  private final Path root;
  private final String id;
  private final Lease lease;
  private final Workspace tree;

  private Instance(Path root, String id, Lease lease) throws IOException {
    this.root = root;
    this.id = id;
    this.lease = lease;
    this.tree = Workspace.open(root.resolve(id));
  }

  /// @param kin what servers have in common that may adopt each other's sandboxes
  static Instance open(Path root, String kin) throws IOException {
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    Files.createDirectories(root, ownerOnly);
    byte[] random = new byte[6];
    new SecureRandom().nextBytes(random);
    String id = prefix(root) + HexFormat.of().formatHex(random);
    Lease lease = Lease.create(root, id);
    try {
      Path directory = Files.createDirectory(root.resolve(id), ownerOnly);
      Files.writeString(directory.resolve(KIN), kin);
      return new Instance(root, id, lease);
    } catch (IOException e) {
      lease.close();
      throw e;
    }
  }

  /// The instances of dead servers of the same kin, whose lease is held from now on.
  static List<Instance> orphans(Path root, String kin) throws IOException {
    var orphans = new ArrayList<Instance>();
    for (String id : ids(root)) {
      Path file = root.resolve(id).resolve(KIN);
      if (Files.exists(file) && Files.readString(file).equals(kin)) {
        Optional<Lease> lease = Lease.claim(root, id);
        if (lease.isPresent() && Files.exists(file)) {
          orphans.add(new Instance(root, id, lease.get()));
        } else if (lease.isPresent()) {
          lease.get().close();
        }
      }
    }
    return orphans;
  }

  /// Those that have a directory.
  static List<String> ids(Path root) throws IOException {
    try (var entries = Files.list(root)) {
      return entries
          .filter(Files::isDirectory)
          .map(entry -> String.valueOf(entry.getFileName()))
          .toList();
    }
  }

  /// Tells instances of this root from those of others in the same engine.
  static String prefix(Path root) throws IOException {
    return Sha256.hex(root.toRealPath().toString().getBytes(UTF_8)).substring(0, 8);
  }

  Path root() {
    return root;
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

  /// Makes an orphan one's own.
  void keep() throws IOException {
    lease.keep();
  }

  /// Leaves an orphan to the next sweep.
  void leave() throws IOException {
    lease.close();
  }

  @Override
  public void close() throws IOException {
    Trees.delete(directory());
    lease.end();
  }
}
