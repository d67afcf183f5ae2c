package dev.homeport.search;

import java.util.Optional;

/// An index as it is on the disk, beside the files that it is of.
///
/// @param exists whether there is an index that can be read
/// @param bytes how large its files are together
/// @param generation counts its changes; 0 if there is none
/// @param indexedFiles how many files it has
/// @param chunks how many parts of files it has, those included that were replaced since
/// @param treeFiles how many files there are, ignored and hidden ones included
/// @param treeBytes how large they are together
/// @param otherFiles how many of them, but for empty ones, are not indexed in the state that they
///   have: each search reads them whole
/// @param writer the id of the process that writes it, if one does
/// @param sweepReason why changes are found by asking for every file; empty if the system tells of
///   them
/// @param problem why the index cannot be read, if it cannot: it is made anew by whoever writes it
public record IndexReport(
    boolean exists,
    long bytes,
    long generation,
    int indexedFiles,
    int chunks,
    int treeFiles,
    long treeBytes,
    int otherFiles,
    Optional<Long> writer,
    Optional<String> sweepReason,
    Optional<String> problem) {}
