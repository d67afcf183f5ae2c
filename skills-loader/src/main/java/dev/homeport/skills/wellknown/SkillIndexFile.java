package dev.homeport.skills.wellknown;

import dev.homeport.skills.SkillName;
import dev.homeport.skills.source.ContentDigest;
import dev.homeport.skills.source.Shown;
import dev.homeport.skills.source.SourceException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The index of a site's skills, version 0.2.0 of the discovery specification.
///
/// @param skills what it offers
/// @param notes what of it is left out, one sentence each
record SkillIndexFile(List<Offer> skills, List<String> notes) {
  private static final String SCHEMA = "https://schemas.agentskills.io/discovery/0.2.0/schema.json";
  private static final int MOST_SKILLS = 1_000;

  SkillIndexFile {
    skills = List.copyOf(skills);
    notes = List.copyOf(notes);
  }

  /// A skill that is offered.
  ///
  /// @param isArchive whether the file holds a directory; else it is a `SKILL.md`
  /// @param digest of the bytes of the file
  record Offer(String name, boolean isArchive, URI file, ContentDigest digest) {}

  /// Reads an index.
  ///
  /// @param at where it was, which relative addresses begin from
  static SkillIndexFile parse(byte[] bytes, URI at) throws SourceException {
    JsonNode root;
    try {
      root = JsonMapper.shared().readTree(new String(bytes, StandardCharsets.UTF_8));
    } catch (JacksonException broken) {
      throw new SourceException(at + " is no JSON; check the address, or tell its owner", broken);
    }
    JsonNode schema = root.path("$schema");
    if (!schema.isString() || !schema.asString().equals(SCHEMA)) {
      throw new SourceException(
          "%s is of another version of the discovery specification than 0.2.0%s"
              .formatted(at, schema.isString() ? ": " + Shown.of(schema.asString()) : ""));
    }
    JsonNode skills = root.path("skills");
    if (!skills.isArray() || skills.size() > MOST_SKILLS) {
      throw new SourceException(
          "%s has no list 'skills' of at most %,d entries".formatted(at, MOST_SKILLS));
    }
    var offers = new ArrayList<Offer>();
    var notes = new ArrayList<String>();
    var names = new HashSet<String>();
    for (JsonNode skill : skills) {
      String name = name(skill, at);
      if (!names.add(name)) {
        throw new SourceException("%s names the skill '%s' twice".formatted(at, name));
      }
      switch (skill.path("type").asString("")) {
        case "skill-md" -> offers.add(offer(name, false, skill, at));
        case "archive" -> offers.add(offer(name, true, skill, at));
        default -> notes.add("the skill '%s' is left out: its type is unknown".formatted(name));
      }
    }
    return new SkillIndexFile(offers, notes);
  }

  private static String name(JsonNode skill, URI at) throws SourceException {
    String name = skill.path("name").asString("");
    boolean isValid =
        SkillName.normalize(name)
            .filter(normal -> normal.value().equals(name) && normal.isPublishable())
            .isPresent();
    if (!isValid) {
      throw new SourceException(
          "%s names a skill '%s', which is no name of one".formatted(at, Shown.of(name)));
    }
    return name;
  }

  private static Offer offer(String name, boolean isArchive, JsonNode skill, URI at)
      throws SourceException {
    String file = skill.path("url").asString("");
    if (file.isEmpty()) {
      throw new SourceException("%s gives no 'url' of the skill '%s'".formatted(at, name));
    }
    try {
      return new Offer(
          name,
          isArchive,
          WebFetch.resolve(at, file),
          ContentDigest.parse(skill.path("digest").asString("")));
    } catch (SourceException wrong) {
      throw new SourceException(
          "%s describes the skill '%s' wrongly: %s".formatted(at, name, wrong.getMessage()), wrong);
    }
  }
}
