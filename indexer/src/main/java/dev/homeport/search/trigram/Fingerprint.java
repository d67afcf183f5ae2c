package dev.homeport.search.trigram;

/// What tells one state of a file from another without reading it.
///
/// The index only compares fingerprints: whoever makes them decides what the numbers mean.
///
/// @param size in bytes
/// @param modified the last change, in nanoseconds since 1970
/// @param inode which file of its file system it is
public record Fingerprint(long size, long modified, long inode) {}
