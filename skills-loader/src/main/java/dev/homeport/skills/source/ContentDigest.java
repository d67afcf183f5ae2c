package dev.homeport.skills.source;

/// What the files of a source are: SHA-256 over one line for each file and link, in the order of
/// their paths.
///
/// A line is `file`, `program` (an executable file) or `link`, a space, the SHA-256 of the content
/// or of the link's target in hexadecimal digits, a space, the path, and a line feed.
///
/// @param hex 64 lower-case hexadecimal digits
public record ContentDigest(String hex) {
  private static final String PREFIX = "sha256:";

  /// Checks the digits.
  public ContentDigest {
    if (!isHex(hex)) {
      throw new IllegalArgumentException("'" + hex + "' is no SHA-256");
    }
  }

  private static boolean isHex(String text) {
    return text.length() == 64
        && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
  }

  /// Reads what [#toString] writes.
  ///
  /// @throws SourceException if the text is anything else
  public static ContentDigest parse(String text) throws SourceException {
    if (!text.startsWith(PREFIX) || !isHex(text.substring(PREFIX.length()))) {
      throw new SourceException(
          "'%s' is no digest: it must be sha256: and 64 digits".formatted(Shown.of(text)));
    }
    return new ContentDigest(text.substring(PREFIX.length()));
  }

  @Override
  public String toString() {
    return PREFIX + hex;
  }
}
