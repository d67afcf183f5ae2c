package dev.homeport.skills;

import dev.homeport.skills.SkillProblem.Kind;
import dev.homeport.skills.SkillProblem.Severity;
import dev.homeport.skills.text.Excerpt;
import dev.homeport.skills.yaml.Frontmatter;
import dev.homeport.skills.yaml.Yaml;
import dev.homeport.workspace.Sha256;
import java.text.Normalizer;
import java.util.List;
import java.util.Optional;

/// Makes a skill of the bytes of a `SKILL.md`, mending whatever can be mended.
///
/// One parser parses one file; not thread-safe.
final class SkillParser {
  private static final int DESCRIPTION_LIMIT = 1_024;
  private static final int BORROWED_DESCRIPTION = 300;

  private final SkillLocation location;
  private final ProblemLog problems;

  private SkillParser(SkillLocation location) {
    this.location = location;
    this.problems = new ProblemLog(location.root().shown(location.file()));
  }

  /// What parsing came to.
  ///
  /// @param skill the skill; empty if there is not even a description to be had
  /// @param problems what was repaired or refused
  record Parsed(Optional<Skill> skill, List<SkillProblem> problems) {
    /// Whether an author would say that this file is not what was meant.
    boolean isBroken() {
      return skill.isEmpty() || problems.stream().anyMatch(SkillProblem::isError);
    }
  }

  /// Parses the file of a skill; never fails.
  static Parsed parse(SkillLocation location, byte[] bytes) {
    var parser = new SkillParser(location);
    Optional<Skill> skill = parser.skill(bytes);
    return new Parsed(skill, parser.problems.problems());
  }

  private Optional<Skill> skill(byte[] bytes) {
    SkillText text = SkillText.of(bytes, problems);
    Yaml.Mapping frontmatter = frontmatter(text.frontmatter());
    Optional<SkillName> name = name(frontmatter);
    Optional<String> description = description(frontmatter, text.body());
    if (name.isEmpty() || description.isEmpty()) {
      return Optional.empty();
    }
    var metadata = new MetadataReader(frontmatter, problems).read();
    return Optional.of(
        new Skill(
            name.get(),
            description.get(),
            metadata,
            location,
            Sha256.hex(bytes),
            SkillSource.of(bytes),
            problems.problems()));
  }

  private Yaml.Mapping frontmatter(String text) {
    var read = Frontmatter.read(text);
    for (String key : read.duplicateKeys()) {
      problems.add(
          Severity.WARNING, Kind.DUPLICATE_KEY, "'" + key + "' stands twice; the last one counts");
    }
    for (String repair : read.repairs()) {
      problems.add(Severity.WARNING, Kind.YAML_REPAIRED, repair);
    }
    read.failure()
        .ifPresent(reason ->
            problems.add(
                Severity.ERROR, Kind.YAML_UNREADABLE, "the metadata cannot be read: " + reason));
    return read.values();
  }

  private Optional<SkillName> name(Yaml.Mapping frontmatter) {
    String declared = MetadataReader.joined(frontmatter.get("name"), " ").strip();
    Optional<SkillName> ofDirectory = SkillName.normalize(location.directoryName());
    if (declared.isEmpty()) {
      problems.add(
          ofDirectory.isPresent() ? Severity.WARNING : Severity.ERROR,
          Kind.NAME_MISSING,
          "there is no name; the one of the directory is used");
      return ofDirectory;
    }
    Optional<SkillName> name = SkillName.normalize(declared);
    if (name.isEmpty()) {
      problems.add(
          Severity.WARNING,
          Kind.NAME_INVALID,
          "the name '" + declared + "' has no letter or digit; the one of the directory is used");
      return ofDirectory;
    }
    check(declared, name.get());
    return name;
  }

  private void check(String declared, SkillName name) {
    String normal = Normalizer.normalize(declared, Normalizer.Form.NFKC);
    if (!normal.equals(name.value())) {
      problems.add(
          Severity.WARNING,
          Kind.NAME_INVALID,
          "the name '" + declared + "' is not lower case with single hyphens; it goes by " + name);
    }
    if (normal.codePointCount(0, normal.length()) > SkillName.PUBLISH_LIMIT) {
      problems.add(
          Severity.WARNING,
          Kind.NAME_TOO_LONG,
          "the name is longer than " + SkillName.PUBLISH_LIMIT + " characters");
    }
    String directory = Normalizer.normalize(location.directoryName(), Normalizer.Form.NFKC);
    if (!normal.equals(directory)) {
      problems.add(
          Severity.WARNING,
          Kind.NAME_DIFFERS,
          "the name '" + declared + "' is not that of the directory '" + directory + "'");
    }
  }

  private Optional<String> description(Yaml.Mapping frontmatter, String body) {
    Yaml declared = frontmatter.get("description");
    if (declared instanceof Yaml.Sequence || declared instanceof Yaml.Mapping) {
      problems.add(
          Severity.WARNING, Kind.TYPE, "the description is a list or map; its texts were joined");
    }
    String description = MetadataReader.joined(declared, "; ").strip();
    if (description.isEmpty()) {
      return borrowedDescription(body);
    }
    int length = description.codePointCount(0, description.length());
    if (length > DESCRIPTION_LIMIT) {
      problems.add(
          Severity.WARNING,
          Kind.DESCRIPTION_TOO_LONG,
          "the description has " + length + " characters, but at most 1,024 are allowed");
    }
    return Optional.of(description);
  }

  /// The first line of prose in the body.
  private Optional<String> borrowedDescription(String body) {
    Optional<String> prose =
        body.lines()
            .map(String::strip)
            .filter(line -> line.length() > 2 && Character.isLetterOrDigit(line.codePointAt(0)))
            .findFirst();
    problems.add(
        prose.isPresent() ? Severity.WARNING : Severity.ERROR,
        Kind.DESCRIPTION_MISSING,
        prose.isPresent()
            ? "there is no description; the first line of the text is used"
            : "there is neither a description nor a text; the skill is not served");
    return prose.map(line -> Excerpt.of(line, BORROWED_DESCRIPTION));
  }
}
