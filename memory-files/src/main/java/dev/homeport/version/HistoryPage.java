package dev.homeport.version;

import java.util.List;
import java.util.Optional;

/// Versions of a path, the newest first.
///
/// @param versions as many as were asked for
/// @param next what to give as [HistoryQuery#before] for those that follow; empty if none do
public record HistoryPage(List<Version> versions, Optional<String> next) {
  /// Copies the list.
  public HistoryPage {
    versions = List.copyOf(versions);
  }
}
