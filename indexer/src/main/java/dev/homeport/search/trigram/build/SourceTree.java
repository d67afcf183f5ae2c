package dev.homeport.search.trigram.build;

import dev.homeport.search.trigram.Fingerprint;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.util.Optional;

/// The files of a tree as they are on disk. Confined to one thread.
public interface SourceTree extends AutoCloseable {
  /// Opens a file.
  ///
  /// @throws java.nio.file.FileSystemException if it is gone or cannot be read
  ReadableByteChannel open(String path) throws IOException;

  /// The state of a file now, or empty if there is none.
  Optional<Fingerprint> fingerprint(String path) throws IOException;

  @Override
  void close() throws IOException;
}
