package dev.homeport.result;

/// A part of a stored result, as text; bytes that are no UTF-8 are shown as U+FFFD.
///
/// @param text the content, or the matching lines as `number:line`
/// @param nextOffset the byte after the last one looked at
/// @param nextLine the line after the last complete one, from 1
/// @param more whether the result goes on there
public record ResultSlice(String text, long nextOffset, long nextLine, boolean more) {}
