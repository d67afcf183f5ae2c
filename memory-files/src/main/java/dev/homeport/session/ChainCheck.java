package dev.homeport.session;

import java.util.OptionalLong;

/// What a look at the hash chain of a log found.
///
/// A chain shows that a line was changed, removed or inserted by somebody who did not calculate it
/// anew. It cannot show that the last lines were cut off.
///
/// @param begins the first position with a hash; empty if no line has one
/// @param broken the first position, from there on, that does not follow from the one before
/// @param size the number of events that the log had then
public record ChainCheck(OptionalLong begins, OptionalLong broken, long size) {
  /// Whether every line from the beginning of the chain on follows from the one before.
  public boolean isIntact() {
    return broken.isEmpty();
  }
}
