package dev.homeport.skills.scan;

import java.util.stream.Collectors;

/// Something that was found in one file.
///
/// @param line from 1; 0 if it is about the whole file
/// @param message what a person is told; characters that a terminal would obey are spelt out
record ScanHit(ScanRule rule, int line, String message) {
  ScanHit {
    message =
        message
            .codePoints()
            .mapToObj(c ->
                Character.isISOControl(c) || HiddenCharacters.isInvisible(c)
                    ? "\\u%04x".formatted(c)
                    : Character.toString(c))
            .collect(Collectors.joining());
  }
}
