package dev.homeport.search;

import java.io.IOException;
import java.nio.file.Path;

/// Where the files of a workspace are found: on the disk, in memory, or by an index.
interface FileSource {
  /// The wanted files as they are now.
  CandidateSource candidates(SourceRequest request) throws IOException, InterruptedException;

  /// Finds the files below a root by a walk each time.
  static FileSource walking(Path root) {
    return request -> new WalkSource(root, request.start(), request.filter(), request.order());
  }
}
