package dev.homeport.skills.source;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads a lock file, strictly: what is not understood would be lost when it is written again.
final class LockReader {
  private static final String NAME = ".homeport/skills.lock";
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final Set<String> FIELDS =
      Set.of("type", "url", "ref", "path", "commit", "tree", "digest", "pinned");

  private LockReader() {}

  static SkillLock read(String text) throws SourceException {
    JsonNode root = json(text);
    requireVersion(root.path("version"));
    if (!root.path("sources").isObject() || root.size() != 2) {
      throw wrong("it must hold 'version' and the object 'sources', and nothing else");
    }
    var sources = new TreeMap<SourceName, LockedSource>();
    for (Map.Entry<String, JsonNode> entry : root.path("sources").properties()) {
      SourceName name = SourceName.parse(entry.getKey());
      sources.put(name, source(name, entry.getValue()));
    }
    return new SkillLock(sources);
  }

  private static JsonNode json(String text) throws SourceException {
    try {
      JsonNode root = MAPPER.readTree(text);
      if (root.isObject()) {
        return root;
      }
    } catch (JacksonException broken) {
      int line = broken.getLocation() == null ? 0 : broken.getLocation().getLineNr();
      throw wrong(
          (text.contains("<<<<<<<") ? "it has conflict markers" : "it is no JSON")
              + (line > 0 ? ", see line " + line : ""));
    }
    throw wrong("it is no JSON object");
  }

  private static void requireVersion(JsonNode version) throws SourceException {
    if (!version.isIntegralNumber()) {
      throw wrong("it has no 'version'");
    }
    if (version.asLong() > SkillLock.VERSION) {
      throw new SourceException(
          "%s has version %d, and this Homeport knows version %d: update Homeport"
              .formatted(NAME, version.asLong(), SkillLock.VERSION));
    }
    if (version.asLong() < 1) {
      throw wrong("there is no version " + version.asLong());
    }
  }

  private static LockedSource source(SourceName name, JsonNode entry) throws SourceException {
    for (String field : entry.propertyNames()) {
      if (!FIELDS.contains(field)) {
        throw wrong("'%s' of source '%s' is unknown".formatted(Shown.of(field), name));
      }
    }
    try {
      SourceOrigin origin = origin(entry);
      return new LockedSource(
          name,
          origin,
          origin instanceof SourceOrigin.Git ? Optional.of(revision(entry)) : Optional.empty(),
          ContentDigest.parse(text(entry, "digest")),
          entry.path("pinned").asBoolean(false));
    } catch (SourceException e) {
      throw wrong("source '%s': %s".formatted(name, e.getMessage()));
    }
  }

  private static SourceOrigin origin(JsonNode entry) throws SourceException {
    return switch (text(entry, "type")) {
      case "git" ->
          SourceAddress.git(text(entry, "url"), optional(entry, "ref"), optional(entry, "path"));
      case "directory" -> new SourceOrigin.Directory(text(entry, "path"));
      case "well-known" -> SourceAddress.wellKnown(text(entry, "url"));
      default -> throw new SourceException("'type' must be git, directory or well-known");
    };
  }

  private static GitRevision revision(JsonNode entry) throws SourceException {
    String commit = text(entry, "commit");
    String tree = text(entry, "tree");
    if (!GitRevision.isId(commit) || !GitRevision.isId(tree)) {
      throw new SourceException("'commit' and 'tree' must be 40 hexadecimal digits");
    }
    return new GitRevision(commit, tree);
  }

  private static String text(JsonNode entry, String field) throws SourceException {
    String text = optional(entry, field);
    if (text.isEmpty()) {
      throw new SourceException("'" + field + "' must be a text");
    }
    return text;
  }

  private static String optional(JsonNode entry, String field) {
    return entry.path(field).isString() ? entry.path(field).asString() : "";
  }

  private static SourceException wrong(String what) {
    return new SourceException(
        "%s cannot be used: %s. Put it right, take the last version that git has of it, or delete it"
                .formatted(NAME, what)
            + " and add the sources again.");
  }
}
