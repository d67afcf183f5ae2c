package dev.homeport.skills.scan;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/// What the bytes of a file are, whatever its name says.
enum FileKind {
  /// Something that people read.
  TEXT,
  /// A program for some machine, or code compiled for one.
  PROGRAM,
  /// Files packed into one.
  ARCHIVE,
  /// A picture, font, sound, film or document.
  MEDIA,
  /// Anything else.
  BINARY;

  private static final int CHECKED = 8_192;
  private static final Set<String> DOCUMENTS =
      Set.of(
          "docx", "xlsx", "pptx", "odt", "ods", "odp", "epub", "potx", "dotx", "xltx", "xlsm",
          "docm", "pptm");
  private static final Set<String> MEDIA_NAMES =
      Set.of(
          "png", "jpg", "jpeg", "gif", "webp", "ico", "bmp", "tif", "tiff", "icns", "avif", "heic",
          "pdf", "ttf", "otf", "woff", "woff2", "eot", "mp3", "mp4", "wav", "ogg", "webm", "mov",
          "m4a", "flac", "psd", "ai", "doc", "xls", "ppt");
  private static final Set<String> HARMLESS_NAMES =
      Set.of("md", "txt", "rst", "csv", "json", "yaml", "yml", "toml", "xml", "html", "svg", "log");

  static FileKind of(byte[] bytes, String name) {
    String extension = extension(name);
    boolean isProgram =
        starts(bytes, 0x7F, 'E', 'L', 'F')
            || starts(bytes, 0xCF, 0xFA, 0xED, 0xFE)
            || starts(bytes, 0xCE, 0xFA, 0xED, 0xFE)
            || starts(bytes, 0xCA, 0xFE, 0xBA, 0xBE)
            || starts(bytes, 0, 'a', 's', 'm')
            || (starts(bytes, 'M', 'Z') && !isText(bytes))
            || extension.equals("pyc");
    if (isProgram) {
      return PROGRAM;
    }
    if (starts(bytes, 'P', 'K', 3, 4)) {
      return DOCUMENTS.contains(extension) ? MEDIA : ARCHIVE;
    }
    if (isPacked(bytes)) {
      return ARCHIVE;
    }
    if (isText(bytes)) {
      return TEXT;
    }
    return MEDIA_NAMES.contains(extension) ? MEDIA : BINARY;
  }

  private static boolean isPacked(byte[] bytes) {
    boolean isTar =
        bytes.length > 263
            && new String(bytes, 257, 5, StandardCharsets.ISO_8859_1).equals("ustar")
            && (bytes[262] == 0 || bytes[262] == ' ');
    return starts(bytes, 0x1F, 0x8B)
        || starts(bytes, 0xFD, '7', 'z', 'X', 'Z')
        || starts(bytes, '7', 'z', 0xBC, 0xAF)
        || starts(bytes, 0x28, 0xB5, 0x2F, 0xFD)
        || ((starts(bytes, 'B', 'Z', 'h') || starts(bytes, 'R', 'a', 'r', '!')) && !isText(bytes))
        || isTar;
  }

  /// Whether a name promises a text or a picture.
  static boolean looksHarmless(String name) {
    String extension = extension(name);
    return HARMLESS_NAMES.contains(extension) || MEDIA_NAMES.contains(extension);
  }

  private static boolean starts(byte[] bytes, int... magic) {
    if (bytes.length < magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if ((bytes[i] & 0xFF) != magic[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean isText(byte[] bytes) {
    boolean isUtf16 = starts(bytes, 0xFE, 0xFF) || starts(bytes, 0xFF, 0xFE);
    for (int i = 0; i < Math.min(bytes.length, CHECKED) && !isUtf16; i++) {
      if (bytes[i] == 0) {
        return false;
      }
    }
    return true;
  }

  private static String extension(String name) {
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }
}
