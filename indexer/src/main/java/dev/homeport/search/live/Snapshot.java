package dev.homeport.search.live;

/// A table that holds all that happened before it was asked for, and how it came to that.
public record Snapshot(FileTable table, Freshness freshness) {
  /// How a table was brought up to date.
  public sealed interface Freshness {
    /// By the events that the system raised.
    record Events() implements Freshness {}

    /// By asking for every file of the tree.
    ///
    /// @param reason why events were not enough
    record Sweep(String reason) implements Freshness {}
  }
}
