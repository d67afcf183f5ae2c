package dev.homeport.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// The kinds of pictures that models can see, told by how the content begins, never by the name.
public enum PictureType {
  /// Portable Network Graphics.
  PNG("image/png", "\u0089PNG\r\n"),
  /// JPEG.
  JPEG("image/jpeg", "\u00ff\u00d8\u00ff"),
  /// Graphics Interchange Format.
  GIF("image/gif", "GIF8"),
  /// WebP.
  WEBP("image/webp", "RIFF");

  /// How many bytes [#of] looks at.
  public static final int HEAD_BYTES = 12;

  private final String mediaType;
  private final String beginning;

  PictureType(String mediaType, String beginning) {
    this.mediaType = mediaType;
    this.beginning = beginning;
  }

  /// The kind of picture that begins like this, or empty if it is none.
  public static Optional<PictureType> of(byte[] content) {
    int length = Math.min(content.length, HEAD_BYTES);
    var head = new String(content, 0, length, StandardCharsets.ISO_8859_1);
    return Arrays.stream(values())
        .filter(type -> head.startsWith(type.beginning))
        .filter(type -> type != WEBP || head.endsWith("WEBP"))
        .findFirst();
  }

  /// Such as `image/png`.
  public String mediaType() {
    return mediaType;
  }
}
