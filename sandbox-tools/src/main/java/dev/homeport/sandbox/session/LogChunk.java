package dev.homeport.sandbox.session;

/// A part of what a background process printed.
///
/// @param text the part, as UTF-8; other bytes are shown as U+FFFD
/// @param next the cursor to ask for what follows
/// @param skippedBytes bytes before this part that are no longer kept
/// @param totalBytes what the process printed so far
public record LogChunk(String text, long next, long skippedBytes, long totalBytes) {}
