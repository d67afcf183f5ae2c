package dev.homeport.server.skills;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/// What kinds of files skills bring along.
final class FileTypes {
  /// The type of a directory.
  static final String DIRECTORY = "inode/directory";

  private FileTypes() {}

  /// The media type by the end of a name.
  static String of(String path) {
    String extension = path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return switch (extension) {
      case "md", "markdown" -> "text/markdown";
      case "txt", "log" -> "text/plain";
      case "html", "htm" -> "text/html";
      case "css" -> "text/css";
      case "csv" -> "text/csv";
      case "py" -> "text/x-python";
      case "sh", "bash" -> "text/x-shellscript";
      case "js", "mjs", "cjs" -> "text/javascript";
      case "ts" -> "text/x-typescript";
      case "json" -> "application/json";
      case "yaml", "yml" -> "application/yaml";
      case "toml" -> "application/toml";
      case "xml", "xsd" -> "application/xml";
      case "svg" -> "image/svg+xml";
      case "png" -> "image/png";
      case "jpg", "jpeg" -> "image/jpeg";
      case "gif" -> "image/gif";
      case "webp" -> "image/webp";
      case "pdf" -> "application/pdf";
      case "zip" -> "application/zip";
      default -> "application/octet-stream";
    };
  }

  /// The bytes as text if they are UTF-8, so that encoding the text gives the same bytes again.
  static Optional<String> text(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException binary) {
      return Optional.empty();
    }
  }
}
