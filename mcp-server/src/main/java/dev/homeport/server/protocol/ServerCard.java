package dev.homeport.server.protocol;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// What a server says of itself, in either era.
///
/// @param version of Homeport
/// @param changing the lists that can change while it runs
/// @param extensions the extensions of the protocol that are served, by their ids
/// @param instructions what the model reads first; asked for once per handshake
public record ServerCard(
    String version,
    Set<Topic> changing,
    Map<String, Map<String, Object>> extensions,
    Supplier<String> instructions) {
  /// The name that it gives itself.
  public static final String NAME = "homeport";

  /// The name for people.
  public static final String TITLE = "Homeport";

  /// The media type of the icon.
  public static final String ICON_TYPE = "image/svg+xml";

  /// The icon, an anchor, as a URI that holds it.
  public static final String ICON =
      "data:image/svg+xml;base64,"
          + "PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHZpZXdCb3g9IjAgMCAyNCAyNCIgZmlsbD0i"
          + "bm9uZSIgc3Ryb2tlPSIjMWI2Y2E4IiBzdHJva2Utd2lkdGg9IjIiIHN0cm9rZS1saW5lY2FwPSJyb3VuZCI+PGNp"
          + "cmNsZSBjeD0iMTIiIGN5PSI1IiByPSIyIi8+PHBhdGggZD0iTTEyIDd2MTRNNSAxM2MwIDUgMyA4IDcgOHM3LTMg"
          + "Ny04TTggMTFoOCIvPjwvc3ZnPg==";

  /// Copies the collections.
  public ServerCard {
    changing = Set.copyOf(changing);
    extensions = Map.copyOf(extensions);
  }

  /// Its name and version.
  public Map<String, Object> info() {
    var info = new LinkedHashMap<String, Object>();
    info.put("name", NAME);
    info.put("title", TITLE);
    info.put("version", version);
    return info;
  }

  /// The same with its icon, for the answer that a client keeps.
  public Map<String, Object> portrait() {
    var icon = new LinkedHashMap<String, Object>();
    icon.put("src", ICON);
    icon.put("mimeType", ICON_TYPE);
    icon.put("sizes", List.of("any"));
    Map<String, Object> portrait = info();
    portrait.put("icons", List.of(icon));
    return portrait;
  }

  /// What it can do.
  public Map<String, Object> capabilities() {
    var capabilities = new LinkedHashMap<String, Object>();
    capabilities.put("tools", list(Topic.TOOLS));
    capabilities.put("resources", list(Topic.RESOURCES));
    capabilities.put("prompts", list(Topic.PROMPTS));
    capabilities.put("completions", Map.of());
    if (!extensions.isEmpty()) {
      capabilities.put("extensions", extensions);
    }
    return capabilities;
  }

  private Map<String, Object> list(Topic topic) {
    return Map.of("listChanged", changing.contains(topic));
  }
}
