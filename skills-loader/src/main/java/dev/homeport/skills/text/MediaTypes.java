package dev.homeport.skills.text;

import java.util.Locale;

/// The media types of files by their names.
public final class MediaTypes {
  private MediaTypes() {}

  /// The media type of a file that is not text.
  public static String ofBinary(String fileName) {
    String extension = fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return switch (extension) {
      case "png" -> "image/png";
      case "jpg", "jpeg" -> "image/jpeg";
      case "gif" -> "image/gif";
      case "webp" -> "image/webp";
      case "pdf" -> "application/pdf";
      case "zip" -> "application/zip";
      case "gz", "tgz" -> "application/gzip";
      case "docx" -> "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
      case "pptx" -> "application/vnd.openxmlformats-officedocument.presentationml.presentation";
      case "xlsx" -> "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
      case "ttf" -> "font/ttf";
      case "otf" -> "font/otf";
      case "woff2" -> "font/woff2";
      case "mp3" -> "audio/mpeg";
      case "wav" -> "audio/wav";
      case "mp4" -> "video/mp4";
      default -> "application/octet-stream";
    };
  }
}
