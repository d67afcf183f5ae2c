package dev.homeport.search.trigram;

/// How far the index knows what a file holds.
public enum Coverage {
  /// The trigrams of each chunk are indexed.
  CHUNKS(0),
  /// The file is not searched as the bytes it has (UTF-16, a NUL byte further down, a gigantic
  /// line), so it may match anything.
  WHOLE(1),
  /// A NUL byte in the first step of a search ends it: nothing of the file ever matches.
  BINARY(2);

  private final int code;

  Coverage(int code) {
    this.code = code;
  }

  /// What stands for it in the index.
  public int code() {
    return code;
  }

  static Coverage of(int code) {
    return switch (code) {
      case 0 -> CHUNKS;
      case 2 -> BINARY;
      default -> WHOLE;
    };
  }
}
