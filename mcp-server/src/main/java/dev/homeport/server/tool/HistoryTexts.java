package dev.homeport.server.tool;

import dev.homeport.version.Author;
import dev.homeport.version.Difference;
import dev.homeport.version.HistoryPage;
import dev.homeport.version.RedactOutcome;
import dev.homeport.version.RestoreOutcome;
import dev.homeport.version.RestoreOutcome.RestoredFile;
import dev.homeport.version.Snapshot;
import dev.homeport.version.Version;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What agents read about versions.
final class HistoryTexts {
  private static final int MOST_NAMED = 20;

  /// How agents write a path.
  interface Names {
    String of(WorkspacePath path) throws IOException, InterruptedException;
  }

  private final Names names;

  HistoryTexts(Names names) {
    this.names = names;
  }

  /// One line for each version.
  ToolResult listed(WorkspacePath path, HistoryPage page) throws IOException, InterruptedException {
    if (page.versions().isEmpty()) {
      return ToolResult.text(
              "No version of " + names.of(path) + " matches; what others changed is not recorded.")
          .withMeta("versions", List.of());
    }
    var text = new StringBuilder();
    var facts = new ArrayList<Map<String, Object>>();
    for (Version version : page.versions()) {
      text.append(line(version)).append('\n');
      facts.add(facts(version));
    }
    page.next()
        .ifPresent(next ->
            text.append("[There are older ones: go on with before: ").append(next).append("]\n"));
    ToolResult result =
        ToolResult.text(text.toString().stripTrailing()).withMeta("versions", facts);
    return page.next().isPresent() ? result.withMeta("next_before", page.next().get()) : result;
  }

  private String line(Version version) throws IOException, InterruptedException {
    var line = new StringBuilder(version.id());
    line.append(' ').append(version.time()).append(' ').append(word(version)).append(' ');
    if (version.from() != null) {
      line.append(names.of(version.from())).append(" -> ");
    }
    line.append(names.of(version.path()));
    version
        .contentAfter()
        .or(version::contentBefore)
        .ifPresent(content -> line.append(" (%,d bytes)".formatted(content.bytes())));
    if (version.isRedacted() && version.operation() != Version.Operation.REDACTED) {
      line.append(" [content redacted]");
    }
    Author author = version.author();
    line.append(" by ").append(author.actor());
    append(line, ", ", author.tool());
    append(line, ", session ", author.session());
    append(line, ": ", author.reason());
    return line.toString();
  }

  private static void append(StringBuilder line, String before, @Nullable String text) {
    if (text != null) {
      line.append(before);
      text.chars().forEach(c -> line.append(Character.isISOControl(c) ? ' ' : (char) c));
    }
  }

  private static String word(Version version) {
    return version.operation().name().toLowerCase(Locale.ROOT);
  }

  private Map<String, Object> facts(Version version) throws IOException, InterruptedException {
    var facts = new LinkedHashMap<String, Object>();
    facts.put("id", version.id());
    facts.put("operation", word(version));
    facts.put("path", names.of(version.path()));
    facts.put("time", version.time().toString());
    version.contentBefore().ifPresent(content -> facts.put("sha256_before", content.sha256()));
    version.contentAfter().ifPresent(content -> facts.put("sha256", content.sha256()));
    facts.put("redacted", version.isRedacted());
    return facts;
  }

  /// The difference, or sizes and digests where it cannot be read.
  ToolResult diff(Difference difference) throws IOException, InterruptedException {
    String name = names.of(difference.path());
    ToolResult result = ToolResult.text(difference(name, difference)).withMeta("path", name);
    if (difference.before() != null) {
      result = result.withMeta("sha256_before", difference.before().sha256());
    }
    return difference.after() == null
        ? result
        : result.withMeta("sha256", difference.after().sha256());
  }

  private static String difference(String name, Difference difference) {
    if (difference.isEmpty()) {
      return "Nothing differs in " + name + ".";
    }
    if (difference.isText() && !difference.text().isEmpty()) {
      return difference.text();
    }
    return "%s\nbefore: %s\nafter: %s"
        .formatted(name, state(difference.before()), state(difference.after()));
  }

  private static String state(@Nullable Snapshot content) {
    return content == null
        ? "no file"
        : "%,d bytes, sha256 %s".formatted(content.bytes(), content.sha256());
  }

  /// What came of a restoration.
  ToolResult restored(RestoreOutcome outcome) throws IOException, InterruptedException {
    return switch (outcome) {
      case RestoreOutcome.Restored(var files, var unchanged) -> restored(files, unchanged);
      case RestoreOutcome.Stale(var path, var current, var diff) ->
          conflict(
              path,
              current,
              "memory_precondition_failed_error: %s has other content than you expect; nothing was changed. Look at it, then repeat with its sha256.%s\nsha256 %s"
                  .formatted(
                      names.of(path),
                      diff.isEmpty() ? "" : " From what it has to what would be restored:\n" + diff,
                      current.sha256()));
      case RestoreOutcome.Occupied(var path, var current) ->
          conflict(
              path,
              current,
              "memory_path_conflict_error: something else stands at %s by now; nothing was restored. Move it away, or restore that version alone with expected_sha256 %s to replace it."
                  .formatted(names.of(path), current.sha256()));
    };
  }

  private ToolResult conflict(WorkspacePath path, Snapshot current, String text)
      throws IOException, InterruptedException {
    return ToolResult.error(text)
        .withMeta("path", names.of(path))
        .withMeta("sha256", current.sha256());
  }

  private ToolResult restored(List<RestoredFile> files, int unchanged)
      throws IOException, InterruptedException {
    if (files.isEmpty()) {
      return ToolResult.text("Nothing to restore: it has that content already.");
    }
    if (files.size() == 1) {
      RestoredFile file = files.getFirst();
      String name = names.of(file.path());
      return ToolResult.text("Restored %s.\nsha256 %s".formatted(name, file.content().sha256()))
          .withMeta("path", name)
          .withMeta("sha256", file.content().sha256());
    }
    var text = new StringBuilder("Restored %d files".formatted(files.size()));
    text.append(unchanged == 0 ? ":" : " (%d more were there already):".formatted(unchanged));
    for (RestoredFile file : files.subList(0, Math.min(files.size(), MOST_NAMED))) {
      text.append('\n').append(names.of(file.path()));
    }
    if (files.size() > MOST_NAMED) {
      text.append("\n[and %d more]".formatted(files.size() - MOST_NAMED));
    }
    return ToolResult.text(text.toString()).withMeta("files", files.size());
  }

  /// What came of a redaction.
  ToolResult redacted(RedactOutcome outcome) throws IOException, InterruptedException {
    return switch (outcome) {
      case RedactOutcome.Redacted(var versions, var contents, var spared) ->
          ToolResult.text(
                  "Redacted: %d content(s) are gone from %d version(s) and from the disk; who, when and why stays on record.%s"
                      .formatted(contents.size(), versions, spared(spared)))
              .withMeta("contents", contents.size())
              .withMeta("versions", versions);
      case RedactOutcome.Held(var path) ->
          ToolResult.error(
                  "%s still has that content, so nothing was redacted. Change or delete it first, then redact again."
                      .formatted(names.of(path)))
              .withMeta("path", names.of(path));
      case RedactOutcome.Nothing(var spared) ->
          ToolResult.error(
              "There is nothing to redact: no content of it is kept in the history.%s"
                  .formatted(spared(spared)));
    };
  }

  private String spared(List<WorkspacePath> spared) throws IOException, InterruptedException {
    if (spared.isEmpty()) {
      return "";
    }
    String rest = spared.size() == 1 ? "" : " and %d more".formatted(spared.size() - 1);
    return " What %s%s has now was left alone; to redact that too, change or delete it first."
        .formatted(names.of(spared.getFirst()), rest);
  }
}
