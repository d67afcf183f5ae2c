package dev.homeport.memory;

import dev.homeport.text.Utf8;
import dev.homeport.workspace.Sha256;

/// Facts about the content of a memory file.
///
/// @param path as agents write it, such as `/memories/notes.md`
/// @param sha256 of the content, for preconditions
/// @param bytes its size
/// @param lines how many lines it has; 0 if it is no text
public record MemoryFile(String path, String sha256, long bytes, long lines) {
  static MemoryFile of(MemoryPath path, byte[] content) {
    return new MemoryFile(
        path.toString(), Sha256.hex(content), content.length, Utf8.lines(content).orElse(0));
  }
}
