package dev.homeport.search;

import dev.homeport.search.tree.TreeFile;
import dev.homeport.search.trigram.Chunk;
import java.io.IOException;
import java.util.List;

/// Gives the files that a search has to look into, in the order in which they are reported.
///
/// Every file that holds a match must be among them; a file without one only costs time.
interface CandidateSource {
  /// Takes files.
  interface Visitor {
    /// Takes one file.
    ///
    /// @param chunks the parts outside of which there is no match; empty for the whole file
    void candidate(TreeFile file, List<Chunk> chunks) throws InterruptedException;
  }

  /// Gives all files to a visitor and returns what was left out.
  Skipped feed(Visitor visitor) throws IOException, InterruptedException;
}
