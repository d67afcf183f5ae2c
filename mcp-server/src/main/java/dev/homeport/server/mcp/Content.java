package dev.homeport.server.mcp;

import java.util.LinkedHashMap;
import java.util.Map;

/// What answers carry, as the protocol writes it.
final class Content {
  private Content() {}

  static Map<String, Object> text(String text) {
    var content = new LinkedHashMap<String, Object>();
    content.put("type", "text");
    content.put("text", text);
    return content;
  }

  /// @param data in base64
  static Map<String, Object> image(String data, String mediaType) {
    var content = new LinkedHashMap<String, Object>();
    content.put("type", "image");
    content.put("data", data);
    content.put("mimeType", mediaType);
    return content;
  }
}
