package dev.homeport.skills;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// A workspace and a home with skills in them.
final class SkillFixture {
  final Path workspace;
  final Path home;

  SkillFixture(Path temporary) throws IOException {
    this.workspace = Files.createDirectories(temporary.resolve("workspace"));
    this.home = Files.createDirectories(temporary.resolve("home"));
  }

  SkillsConfig config() {
    return SkillsConfig.standard(workspace, home);
  }

  SkillCatalog catalog() {
    return catalog(config());
  }

  static SkillCatalog catalog(SkillsConfig config) {
    return SkillCatalog.open(config, new SkillHost("linux", Map.of("PATH", "/nowhere")));
  }

  Path project(String directory, String description) throws IOException {
    return write(workspace.resolve(".claude/skills").resolve(directory), description);
  }

  /// Writes the file of a skill of the project as it is given.
  void raw(String directory, String text) throws IOException {
    Path skill = workspace.resolve(".claude/skills").resolve(directory);
    Files.createDirectories(skill);
    Files.writeString(skill.resolve("SKILL.md"), text);
  }

  Path user(String directory, String description) throws IOException {
    return write(home.resolve(".claude/skills").resolve(directory), description);
  }

  /// Writes a skill named as its directory and gives its directory.
  static Path write(Path directory, String description) throws IOException {
    return write(directory, description, "Do " + description + "\n");
  }

  static Path write(Path directory, String description, String body) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(
        directory.resolve("SKILL.md"),
        "---\nname: %s\ndescription: %s\n---\n%s"
            .formatted(directory.getFileName(), description, body));
    return directory;
  }
}
