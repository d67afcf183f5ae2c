package dev.homeport.server.protocol;

import java.util.LinkedHashMap;
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
