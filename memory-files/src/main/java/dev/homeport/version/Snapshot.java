package dev.homeport.version;

import dev.homeport.workspace.Sha256;

/// What a file contained, named by its digest.
///
/// @param sha256 of all bytes
/// @param bytes how many
public record Snapshot(String sha256, long bytes) {
  /// The snapshot of a content.
  static Snapshot of(byte[] content) {
    return new Snapshot(Sha256.hex(content), content.length);
  }
}
