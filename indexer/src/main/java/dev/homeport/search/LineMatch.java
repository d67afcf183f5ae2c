package dev.homeport.search;

/// A line of a grep's result.
///
/// @param number its number in the file, from 1
/// @param text the line without its newline; bytes that are not UTF-8 become U+FFFD
/// @param context whether it is here only because it is near a match
/// @param shortened whether `text` is a part of a line that is over the limit, marked with `…`
public record LineMatch(long number, String text, boolean context, boolean shortened) {}
