package dev.homeport.skills.source;

import dev.homeport.skills.yaml.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The lock file of the npm package `skills`, version 1: `skills-lock.json` at the root of a
/// project, one entry for each skill. What Homeport does not know of it stays as it is.
public final class ForeignLock {
  /// Its name.
  public static final String NAME = "skills-lock.json";

  private static final String GITHUB = "https://github.com/";
  private static final String SKILL_FILE = "SKILL.md";

  private final ObjectNode root;

  private ForeignLock(ObjectNode root) {
    this.root = root;
  }

  /// A skill that it names.
  ///
  /// @param skill its name
  /// @param origin where the skill alone comes from; empty if that cannot be fetched
  /// @param obstacle why it cannot, and what to do; empty if it can
  /// @param hash of its files; may be empty
  public record Entry(String skill, Optional<SourceOrigin> origin, String obstacle, String hash) {}

  /// Reads the file.
  ///
  /// @throws SourceException if it is no such file, or of another version
  public static ForeignLock parse(String text) throws SourceException {
    try {
      if (JsonMapper.shared().readTree(text) instanceof ObjectNode root
          && root.path("skills").isObject()
          && root.path("version").isIntegralNumber()) {
        if (root.path("version").asLong() != 1) {
          throw new SourceException(
              "%s has version %s, and this Homeport knows version 1; add its sources yourself with"
                      .formatted(NAME, root.path("version"))
                  + " `homeport skills add`");
        }
        return new ForeignLock(root);
      }
    } catch (JacksonException broken) {
      throw new SourceException(NAME + " is no JSON; put it right, or delete it", broken);
    }
    throw new SourceException(NAME + " has no 'version' and 'skills'; put it right, or delete it");
  }

  /// The skills in the order of the file.
  public List<Entry> entries() {
    var entries = new ArrayList<Entry>();
    for (Map.Entry<String, JsonNode> entry : root.path("skills").properties()) {
      entries.add(entry(entry.getKey(), entry.getValue()));
    }
    return entries;
  }

  private static Entry entry(String name, JsonNode value) {
    String hash = value.path("computedHash").asString("");
    try {
      return new Entry(name, Optional.of(origin(value)), "", hash);
    } catch (SourceException cannot) {
      return new Entry(
          name,
          Optional.empty(),
          "'%s' of %s is left out: %s".formatted(Shown.of(name), NAME, cannot.getMessage()),
          hash);
    }
  }

  private static SourceOrigin origin(JsonNode value) throws SourceException {
    String source = value.path("source").asString("");
    String url = value.path("sourceUrl").asString(source);
    String ref = value.path("ref").asString("");
    return switch (value.path("sourceType").asString("")) {
      case "github" ->
          SourceAddress.git(source.contains(":") ? source : GITHUB + source, ref, directory(value));
      case "git", "gitlab" -> SourceAddress.git(url, ref, directory(value));
      case "local" -> {
        String below = directory(value);
        yield new SourceOrigin.Directory(below.isEmpty() ? source : source + "/" + below);
      }
      default ->
          throw new SourceException(
              "its 'sourceType' is '%s'; add it with `homeport skills add`"
                  .formatted(Shown.of(value.path("sourceType").asString(""))));
    };
  }

  private static String directory(JsonNode value) throws SourceException {
    String path = value.path("skillPath").asString("");
    if (path.equals(SKILL_FILE)) {
      return "";
    }
    if (!path.endsWith("/" + SKILL_FILE)) {
      throw new SourceException(
          "it has no 'skillPath', so nobody can tell which directory it is; add it with"
              + " `homeport skills add`");
    }
    return path.substring(0, path.length() - SKILL_FILE.length() - 1);
  }

  /// Writes down a skill of a source. An entry of the same name that comes from elsewhere stays.
  ///
  /// @param directory where the skill is, below the path of the origin; empty if it is that itself
  public void put(String skill, SourceOrigin origin, String directory, String hash) {
    ObjectNode skills = (ObjectNode) root.path("skills");
    Map<String, String> fields = fields(origin, directory);
    if (fields.isEmpty()) {
      return;
    }
    if (skills.path(skill) instanceof ObjectNode known) {
      if (!isSame(known, fields)) {
        return;
      }
      fields.forEach(known::put);
      known.put("computedHash", hash);
      return;
    }
    ObjectNode added = skills.putObject(skill);
    fields.forEach(added::put);
    added.put("computedHash", hash);
  }

  /// Removes a skill of a source. An entry of the same name that comes from elsewhere stays.
  public void remove(String skill, SourceOrigin origin, String directory) {
    if (root.path("skills").path(skill) instanceof ObjectNode known
        && isSame(known, fields(origin, directory))) {
      ((ObjectNode) root.path("skills")).remove(skill);
    }
  }

  private static boolean isSame(ObjectNode known, Map<String, String> fields) {
    return known.path("source").asString("").equals(fields.get("source"))
        && known.path("skillPath").asString("").equals(fields.get("skillPath"));
  }

  /// What an entry says of where a skill comes from; nothing for what the file has no words for.
  private static Map<String, String> fields(SourceOrigin origin, String directory) {
    var fields = new LinkedHashMap<String, String>();
    switch (origin) {
      case SourceOrigin.Git(var url, var ref, var path) -> {
        String plain = url.endsWith(".git") ? url.substring(0, url.length() - 4) : url;
        boolean isGithub = plain.startsWith(GITHUB);
        fields.put("source", isGithub ? plain.substring(GITHUB.length()) : url);
        if (!isGithub) {
          fields.put("sourceUrl", url);
        }
        if (!ref.isEmpty()) {
          fields.put("ref", ref);
        }
        fields.put("sourceType", isGithub ? "github" : "git");
        fields.put("skillPath", skillPath(path.isRoot() ? "" : path.toString(), directory));
      }
      case SourceOrigin.Directory(var path) -> {
        boolean isBelow = !path.startsWith("/") && !path.startsWith(".");
        fields.put("source", isBelow ? "./" + path : path);
        fields.put("sourceType", "local");
        fields.put("skillPath", skillPath("", directory));
      }
      case SourceOrigin.WellKnown _ -> fields.clear();
    }
    return fields;
  }

  private static String skillPath(String above, String directory) {
    String joined =
        above.isEmpty() || directory.isEmpty() ? above + directory : above + "/" + directory;
    return joined.isEmpty() ? SKILL_FILE : joined + "/" + SKILL_FILE;
  }

  /// The file as the package writes it: skills in the order of their names, two spaces deep.
  @Override
  public String toString() {
    ObjectNode sorted = root.deepCopy();
    ObjectNode skills = sorted.putObject("skills");
    var all = new TreeMap<String, JsonNode>();
    root.path("skills").properties().forEach(entry -> all.put(entry.getKey(), entry.getValue()));
    all.forEach(skills::set);
    return text(sorted, "") + "\n";
  }

  private static String text(JsonNode node, String indent) {
    if (!(node instanceof ObjectNode object)) {
      return node.isString() ? Json.of(node.asString()) : node.toString();
    }
    if (object.isEmpty()) {
      return "{}";
    }
    var lines = new ArrayList<String>();
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      lines.add(
          indent + "  " + Json.of(entry.getKey()) + ": " + text(entry.getValue(), indent + "  "));
    }
    return "{\n" + String.join(",\n", lines) + "\n" + indent + "}";
  }
}
