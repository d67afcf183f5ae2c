package dev.homeport.server.cli.client;

import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/// Sets one member in the text of a JSON document and leaves every other character as it is,
/// comments and trailing commas included, which many clients allow in their files.
final class JsonEdit {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .build();
  private static final String INDENT = "  ";

  private final String text;
  private final List<String> path;
  private final String value;

  private JsonEdit(String text, List<String> path, String value) {
    this.text = text;
    this.path = path;
    this.value = value;
  }

  /// The text with a member set; objects on the way to it that are missing are made.
  ///
  /// @param text a JSON object, or blank for an empty one
  /// @param path the names of the members from the root
  /// @param value JSON, its lines indented from zero
  static String put(String text, List<String> path, String value) throws ConfigException {
    String document = text.isBlank() ? "{}\n" : text;
    try {
      check(document);
      try (JsonParser parser = parser(document)) {
        parser.nextToken();
        return new JsonEdit(document, path, value).put(parser, 0);
      }
    } catch (JacksonException malformed) {
      throw new ConfigException(
          "it is no valid JSON (line " + malformed.getLocation().getLineNr() + ")");
    }
  }

  private static JsonParser parser(String document) {
    return JSON.createParser(ObjectReadContext.empty(), document);
  }

  /// Reads to the end, so that nothing is done to a document that is broken further down.
  private static void check(String document) {
    try (JsonParser parser = parser(document)) {
      while (parser.nextToken() != null) {}
    }
  }

  /// Works on the object that the parser has just entered, `depth` members below the root.
  private String put(JsonParser parser, int depth) throws ConfigException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      String what = depth == 0 ? "it" : "\"" + path.get(depth - 1) + "\"";
      throw new ConfigException(what + " is no JSON object");
    }
    int open = (int) parser.currentTokenLocation().getCharOffset() + 1;
    boolean empty = true;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      empty = false;
      boolean found = parser.currentName().equals(path.get(depth));
      parser.nextToken();
      if (found) {
        return depth == path.size() - 1 ? replace(parser, depth) : put(parser, depth + 1);
      }
      parser.skipChildren();
    }
    return insert(open, empty, depth);
  }

  private String replace(JsonParser parser, int depth) {
    int start = (int) parser.currentTokenLocation().getCharOffset();
    parser.skipChildren();
    parser.finishToken();
    int end = (int) parser.currentLocation().getCharOffset();
    return text.substring(0, start) + indented(value, depth + 1) + text.substring(end);
  }

  private String insert(int open, boolean empty, int depth) {
    String member = "\"%s\": %s".formatted(path.getLast(), value);
    for (int i = path.size() - 2; i >= depth; i--) {
      member = "\"%s\": {\n%s%s\n}".formatted(path.get(i), INDENT, indented(member, 1));
    }
    return text.substring(0, open)
        + "\n"
        + INDENT.repeat(depth + 1)
        + indented(member, depth + 1)
        + (empty ? "\n" + INDENT.repeat(depth) : ",")
        + text.substring(open);
  }

  /// The text with all lines but the first moved to the right.
  private static String indented(String text, int depth) {
    return text.replace("\n", "\n" + INDENT.repeat(depth));
  }
}
