package dev.homeport.server.cli.client;

/// Sets one table in the text of a TOML document and leaves every other line as it is.
///
/// Works on lines: it knows table headers, not values. A table written inline is refused.
final class TomlEdit {
  private TomlEdit() {}

  /// The text with table `[parent.name]` set to `body`, in its place or at the end.
  ///
  /// @param body lines, each ended
  static String putTable(String text, String parent, String name, String body)
      throws ConfigException {
    String header = "[" + parent + "." + name + "]";
    var result = new StringBuilder();
    boolean found = false;
    boolean inside = false;
    boolean atRoot = true;
    for (String line : text.lines().toList()) {
      String content = line.strip();
      if (content.startsWith("[")) {
        atRoot = false;
        inside = isHeader(content, header);
        if (inside) {
          found = true;
          result.append(header).append('\n').append(body);
          continue;
        }
      }
      if (atRoot && (isKey(content, parent) || isKey(content, parent + "." + name))) {
        throw new ConfigException(
            "it has `" + parent + "` as an inline table; add " + header + " by hand");
      }
      if (!inside || content.isEmpty() || content.startsWith("#")) {
        result.append(line).append('\n');
      }
    }
    if (!found) {
      result.append(result.isEmpty() ? "" : "\n").append(header).append('\n').append(body);
    }
    return result.toString();
  }

  private static boolean isHeader(String line, String header) {
    String rest = line.startsWith(header) ? line.substring(header.length()).strip() : "x";
    return rest.isEmpty() || rest.startsWith("#");
  }

  private static boolean isKey(String line, String key) {
    return line.startsWith(key) && line.substring(key.length()).strip().startsWith("=");
  }
}
