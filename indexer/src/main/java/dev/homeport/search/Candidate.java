package dev.homeport.search;

import dev.homeport.search.regex.RegexSyntaxException;
import dev.homeport.search.tree.TreeFile;
import dev.homeport.search.trigram.Chunk;
import java.io.IOException;
import java.util.List;

/// A file that may hold matches.
///
/// @param chunks the parts outside of which there is no match; empty for the whole file
record Candidate(TreeFile file, List<Chunk> chunks) {
  /// Searches it.
  ///
  /// @param cap how many matching lines are of use
  FileResult scan(FileScanner scanner, int cap)
      throws IOException, RegexSyntaxException, InterruptedException {
    return chunks.isEmpty() ? scanner.scan(file, cap) : scanner.scan(file, chunks, cap);
  }
}
