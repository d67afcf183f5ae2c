package dev.homeport.search;

import dev.homeport.search.live.TableProbe;
import dev.homeport.search.tree.TreeFile;
import java.util.Set;

/// Which files of an index a request wants, as far as somebody has asked.
///
/// Most searches want the same files as the one before. Thread-safe: what two threads find out at
/// the same time is the same.
final class WantedFiles {
  private static final byte UNKNOWN = 0;
  private static final byte WANTED = 1;
  private static final byte UNWANTED = 2;

  private final byte[] known;

  /// @param count how many files the index has
  WantedFiles(int count) {
    this.known = new byte[count];
  }

  /// Whether a file is in the state that the index knows, and a walk would come to it.
  ///
  /// All parameters but the number must be the same at each call.
  boolean includes(int number, IndexView view, Set<String> changed, TableProbe probe) {
    if (known[number] == UNKNOWN) {
      TreeFile file = view.file(number);
      boolean isWanted =
          file != null && !changed.contains(file.path()) && probe.file(file.path()).isPresent();
      known[number] = isWanted ? WANTED : UNWANTED;
    }
    return known[number] == WANTED;
  }
}
