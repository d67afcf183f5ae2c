package dev.homeport.search.trigram.build;

import dev.homeport.search.trigram.Fingerprint;

/// A file to be indexed.
///
/// @param path its path from the root, names joined by `/`
/// @param fingerprint its state; if it has another one after it was read, it is not indexed
public record SourceFile(String path, Fingerprint fingerprint) {}
