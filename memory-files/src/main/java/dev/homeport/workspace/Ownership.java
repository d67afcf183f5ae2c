package dev.homeport.workspace;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.FileSystemException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// Whose a file is and who may do what with it, taken over when the file is replaced.
record Ownership(UserPrincipal owner, GroupPrincipal group, Set<PosixFilePermission> permissions) {
  private static final System.Logger LOG = System.getLogger(Ownership.class.getName());
  private static final Set<PosixFilePermission> WRITERS =
      EnumSet.of(
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_WRITE);

  Ownership {
    permissions = Set.copyOf(permissions);
  }

  /// What an entry has, or empty if there is no such regular file.
  static Optional<Ownership> of(SecureDirectoryStream<Path> directory, Path entry)
      throws IOException {
    try {
      var file = view(directory, entry).readAttributes();
      return file.isRegularFile()
          ? Optional.of(new Ownership(file.owner(), file.group(), file.permissions()))
          : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /// Whether no write permission is set at all, which also root should respect.
  boolean isWriteProtected() {
    return Collections.disjoint(permissions, WRITERS);
  }

  /// Gives an entry the same; owner and group only as far as this process may.
  void give(SecureDirectoryStream<Path> directory, Path entry) throws IOException {
    var view = view(directory, entry);
    var fresh = view.readAttributes();
    try {
      if (!fresh.group().equals(group)) {
        view.setGroup(group);
      }
      if (!fresh.owner().equals(owner)) {
        view.setOwner(owner);
      }
    } catch (FileSystemException e) {
      LOG.log(Level.DEBUG, "owner or group not kept: {0}", e.getReason());
    }
    if (!fresh.permissions().equals(permissions)) {
      view.setPermissions(permissions);
    }
  }

  private static PosixFileAttributeView view(SecureDirectoryStream<Path> directory, Path entry) {
    return directory.getFileAttributeView(
        entry, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
  }
}
