package dev.homeport.search.trigram.build;

import dev.homeport.search.tree.FileOpener;
import dev.homeport.search.trigram.Fingerprint;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A tree whose files are opened relative to their directories, without following links.
public final class DiskTree implements SourceTree {
  private final FileOpener opener;

  /// A view of the tree below a root that the caller trusts.
  public DiskTree(Path root) {
    opener = new FileOpener(root);
  }

  @Override
  public ReadableByteChannel open(String path) throws IOException {
    return opener.open(path);
  }

  @Override
  public Optional<Fingerprint> fingerprint(String path) throws IOException {
    try {
      BasicFileAttributes attributes = opener.attributes(path);
      return attributes.isRegularFile() ? Optional.of(of(attributes)) : Optional.empty();
    } catch (NoSuchFileException | NotDirectoryException e) {
      return Optional.empty();
    }
  }

  /// What these attributes say of a file; the inode is a hash of the file key.
  public static Fingerprint of(BasicFileAttributes attributes) {
    return new Fingerprint(
        attributes.size(),
        attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS),
        Objects.hashCode(attributes.fileKey()));
  }

  @Override
  public void close() throws IOException {
    opener.close();
  }
}
