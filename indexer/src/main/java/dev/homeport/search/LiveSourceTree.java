package dev.homeport.search;

import dev.homeport.search.live.DiskFiles;
import dev.homeport.search.tree.FileOpener;
import dev.homeport.search.trigram.Fingerprint;
import dev.homeport.search.trigram.build.SourceTree;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.Optional;

/// The files of a tree as an index reads them, with states like those of a table. For one thread.
final class LiveSourceTree implements SourceTree {
  private final FileOpener opener;
  private final DiskFiles files;

  LiveSourceTree(Path root) throws IOException {
    this.opener = new FileOpener(root);
    this.files = new DiskFiles(root);
  }

  @Override
  public ReadableByteChannel open(String path) throws IOException {
    return opener.open(path);
  }

  @Override
  public Optional<Fingerprint> fingerprint(String path) throws IOException {
    return files.file(path).map(IndexView::fingerprint);
  }

  @Override
  public void close() throws IOException {
    files.close();
    opener.close();
  }
}
