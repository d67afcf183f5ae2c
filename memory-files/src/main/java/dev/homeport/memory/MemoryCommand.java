package dev.homeport.memory;

import org.jspecify.annotations.Nullable;

/// The six commands of Claude's memory tool `memory_20250818`. Paths begin with `/memories`.
public sealed interface MemoryCommand {
  /// Shows a file with line numbers, a picture, or a directory two levels deep.
  ///
  /// @param path of a file or directory
  /// @param range the lines to show; all if null
  record View(String path, @Nullable Range range) implements MemoryCommand {}

  /// Lines from `first` to `last`, both included.
  ///
  /// @param first from 1
  /// @param last -1 for the end of the file
  record Range(int first, int last) {}

  /// Makes a file. One that exists is replaced only if the change expects its content.
  ///
  /// @param path where to
  /// @param fileText its whole content
  record Create(String path, String fileText) implements MemoryCommand {}

  /// Replaces a piece of text that stands in a file exactly once.
  ///
  /// @param path of the file
  /// @param oldStr what stands there
  /// @param newStr what is to stand there; empty to delete
  record StrReplace(String path, String oldStr, String newStr) implements MemoryCommand {}

  /// Inserts lines.
  ///
  /// @param path of the file
  /// @param insertLine after which line; 0 for the start
  /// @param insertText the lines
  record Insert(String path, int insertLine, String insertText) implements MemoryCommand {}

  /// Deletes a file, or a directory with all below it.
  ///
  /// @param path of either
  record Delete(String path) implements MemoryCommand {}

  /// Moves a file or directory to where nothing stands, making directories as needed.
  ///
  /// @param oldPath where it stands
  /// @param newPath where to
  record Rename(String oldPath, String newPath) implements MemoryCommand {}
}
