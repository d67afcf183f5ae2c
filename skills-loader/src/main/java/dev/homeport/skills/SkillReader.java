package dev.homeport.skills;

import dev.homeport.skills.text.MarkdownOutline;
import dev.homeport.skills.text.MediaTypes;
import dev.homeport.workspace.FileInfo;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Reads files of one skill.
final class SkillReader {
  /// The most characters that are given at once; what is more comes with the next line.
  private static final int MAX_CHARACTERS = 40_000;

  private final Skill skill;

  SkillReader(Skill skill) {
    this.skill = skill;
  }

  SkillReadOutcome read(SkillRead request) throws IOException {
    var resources = SkillResources.of(skill.location());
    WorkspacePath path = WorkspacePath.parse(withoutDirectory(request.path()));
    Optional<FileInfo> info = resources.stat(path);
    if (info.isEmpty()) {
      return new SkillReadOutcome.UnknownFile(path.toString(), resources.list(WorkspacePath.ROOT));
    }
    if (info.get().isDirectory()) {
      return new SkillReadOutcome.Listing(path.toString(), resources.list(path));
    }
    byte[] content = resources.read(path);
    if (isBinary(content)) {
      return new SkillReadOutcome.Binary(
          path.toString(), MediaTypes.ofBinary(path.name()), content);
    }
    var text = SkillText.decode(content, new ProblemLog(path.toString()));
    return lines(request, path.toString(), text.lines().toList());
  }

  /// Agents like to put the skill's own directory before the path.
  private String withoutDirectory(String path) {
    String prefix = skill.location().shown() + "/";
    return path.startsWith(prefix) ? path.substring(prefix.length()) : path;
  }

  /// Whether there is a NUL near the start, as `git` decides; UTF-16 with its mark is text.
  private static boolean isBinary(byte[] content) {
    if (SkillText.isUtf16(content)) {
      return false;
    }
    int checked = Math.min(content.length, 8_192);
    for (int i = 0; i < checked; i++) {
      if (content[i] == 0) {
        return true;
      }
    }
    return false;
  }

  private static SkillReadOutcome lines(SkillRead request, String path, List<String> lines) {
    if (request.section().isEmpty()) {
      return page(request, path, lines, 1);
    }
    var outline = MarkdownOutline.of(lines);
    var section = outline.find(request.section().get());
    return section.isEmpty()
        ? new SkillReadOutcome.UnknownSection(request.section().get(), outline.headings())
        : page(
            request,
            path,
            lines.subList(section.get().firstLine() - 1, section.get().lastLine()),
            section.get().firstLine());
  }

  /// The lines that were asked for, as many as may be given at once, but at least one.
  private static SkillReadOutcome page(
      SkillRead request, String path, List<String> lines, int offset) {
    int from = Math.min(request.firstLine() - 1, lines.size());
    int end = (int) Math.min((long) from + request.maxLines(), lines.size());
    var content = new StringBuilder();
    int line = from;
    while (line < end
        && (line == from || content.length() + lines.get(line).length() < MAX_CHARACTERS)) {
      String text = lines.get(line++);
      int cut = text.length() - MAX_CHARACTERS;
      content.append(cut > 0 ? text.substring(0, MAX_CHARACTERS) : text);
      content.append(cut > 0 ? " … (" + cut + " more characters)\n" : "\n");
    }
    int next = line < lines.size() ? line + 1 : 0;
    return new SkillReadOutcome.Text(path, content.toString(), offset + from, next, lines.size());
  }
}
