package dev.homeport.search.trigram;

/// A part of a file that consists of whole lines.
///
/// @param offset where it begins, in bytes
/// @param length how many bytes it has; a line is never cut, however long
/// @param line the number of its first line, counted from 1
public record Chunk(long offset, int length, long line) {}
