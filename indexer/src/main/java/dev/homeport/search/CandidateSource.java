package dev.homeport.search;

import dev.homeport.search.tree.TreeWalk;
import java.io.IOException;

/// Gives the files that a search has to look into, in the order in which they are reported.
///
/// Every file that holds a match must be among them; a file without one only costs time.
interface CandidateSource {
  /// Gives all files to a visitor and returns what was left out of the walk.
  Skipped feed(TreeWalk.Visitor visitor) throws IOException, InterruptedException;
}
