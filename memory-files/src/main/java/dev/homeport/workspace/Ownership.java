package dev.homeport.workspace;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Whose a file is and who may do what with it, taken over when the file is replaced.
///
/// @param attributes as read relative to the directory; asking them for owner or group reads the
///   user database
/// @param ids numbers of owner and group; empty if the file was gone by then
record Ownership(PosixFileAttributes attributes, Map<String, Object> ids) {
  private static final Set<PosixFilePermission> OWNER =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);
  private static final Set<PosixFilePermission> WRITERS =
      EnumSet.of(
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_WRITE);

  /// What an entry has, or empty if there is no such regular file.
  ///
  /// @param host where the directory was when it was opened: the ids, which Java gives for paths
  ///   only, are read there and serve as a hint
  static Optional<Ownership> of(SecureDirectoryStream<Path> directory, Path entry, Path host)
      throws IOException {
    try {
      var file = view(directory, entry).readAttributes();
      return file.isRegularFile()
          ? Optional.of(new Ownership(file, ids(host.resolve(entry))))
          : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static Map<String, Object> ids(Path file) throws IOException {
    try {
      return Files.readAttributes(file, "unix:uid,gid", LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return Map.of();
    }
  }

  /// Whether no write permission is set at all, which also root should respect.
  boolean isWriteProtected() {
    return Collections.disjoint(attributes.permissions(), WRITERS);
  }

  /// The permissions to make a file with that is to have these: all of them if everybody may read
  /// it anyway, else those of the owner until [#give].
  FileAttribute<Set<PosixFilePermission>> forNewFile() {
    var permissions = EnumSet.copyOf(attributes.permissions());
    if (!permissions.contains(PosixFilePermission.OTHERS_READ)) {
      permissions.retainAll(OWNER);
    }
    return PosixFilePermissions.asFileAttribute(permissions);
  }

  /// Gives an entry the same; owner and group only as far as this process may.
  void give(SecureDirectoryStream<Path> directory, Path entry, Path host) throws IOException {
    var view = view(directory, entry);
    if (ids.isEmpty() || !ids.equals(ids(host.resolve(entry)))) {
      giveOwner(view);
    }
    if (!view.readAttributes().permissions().equals(attributes.permissions())) {
      view.setPermissions(attributes.permissions());
    }
  }

  private void giveOwner(PosixFileAttributeView view) throws IOException {
    var fresh = view.readAttributes();
    try {
      if (!fresh.group().equals(attributes.group())) {
        view.setGroup(attributes.group());
      }
      if (!fresh.owner().equals(attributes.owner())) {
        view.setOwner(attributes.owner());
      }
    } catch (FileSystemException e) {
      System.getLogger(Ownership.class.getName())
          .log(Level.DEBUG, "owner or group not kept: {0}", e.getReason());
    }
  }

  private static PosixFileAttributeView view(SecureDirectoryStream<Path> directory, Path entry) {
    return directory.getFileAttributeView(
        entry, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
  }
}
