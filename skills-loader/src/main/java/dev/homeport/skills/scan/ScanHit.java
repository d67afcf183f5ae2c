package dev.homeport.skills.scan;

/// Something that was found in one file.
///
/// @param line from 1; 0 if it is about the whole file
record ScanHit(ScanRule rule, int line, String message) {}
