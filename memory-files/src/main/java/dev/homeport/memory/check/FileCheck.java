package dev.homeport.memory.check;

import dev.homeport.memory.MemoryIndex;
import dev.homeport.memory.MemoryLimits;
import dev.homeport.memory.check.MemoryProblem.Kind;
import dev.homeport.memory.check.References.Form;
import dev.homeport.memory.check.References.Reference;
import dev.homeport.secret.MaskedText;
import dev.homeport.secret.SecretMasker;
import dev.homeport.text.Lines;
import dev.homeport.text.Utf8;
import dev.homeport.workspace.FileInfo;
import dev.homeport.workspace.Sha256;
import dev.homeport.workspace.WorkspaceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Looks at each file by itself.
final class FileCheck {
  private static final int MOST_READ = 4 << 20;

  private final MemoryLimits limits;
  private final Targets targets;
  private final Problems problems;

  FileCheck(MemoryLimits limits, Targets targets, Problems problems) {
    this.limits = limits;
    this.targets = targets;
    this.problems = problems;
  }

  /// Looks at a file; what is to be compared with others comes back if it is a topic file.
  Optional<CheckedFile> check(CheckedTree tree, FileInfo info) throws IOException {
    String shown = tree.shown(info.path());
    if (!info.isFile()) {
      problems.add(
          Kind.UNREADABLE,
          shown,
          0,
          "it is a link or a special file, which agents do not see",
          "put a regular file in its place, or remove it");
      return Optional.empty();
    }
    boolean isIndex = tree.relative(info.path()).equals(MemoryIndex.FILE_NAME);
    if (info.bytes() > limits.fileBytes()) {
      problems.add(
          Kind.OVER_LIMIT,
          shown,
          0,
          "it has %d bytes, but a memory file may have at most %d%s"
              .formatted(
                  info.bytes(),
                  limits.fileBytes(),
                  info.bytes() > MOST_READ ? "; what it says was not checked" : ""),
          "split it into one file per topic, or shorten it");
    }
    Optional<String> text = read(tree, info, shown);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    checkSecrets(shown, text.get());
    boolean isMarkdown = info.path().name().endsWith(".md");
    if (isMarkdown) {
      checkReferences(tree, info, text.get(), isIndex);
    }
    return isMarkdown && !isIndex ? Optional.of(topic(tree, info, text.get())) : Optional.empty();
  }

  private Optional<String> read(CheckedTree tree, FileInfo info, String shown) throws IOException {
    if (info.bytes() > MOST_READ) {
      return Optional.empty();
    }
    try {
      Optional<String> text = Utf8.decode(tree.workspace().read(info.path(), MOST_READ));
      if (text.isEmpty() && info.path().name().endsWith(".md")) {
        problems.add(
            Kind.UNREADABLE, shown, 0, "it is not UTF-8 text", "convert it to UTF-8, or remove it");
      }
      return text;
    } catch (WorkspaceException e) {
      if (e.kind() != WorkspaceException.Kind.NOT_FOUND) {
        problems.add(
            Kind.UNREADABLE, shown, 0, "it cannot be read", "give this user the right to read it");
      }
      return Optional.empty();
    }
  }

  private void checkSecrets(String shown, String text) {
    MaskedText masked = SecretMasker.mask(text);
    if (masked.total() == 0) {
      return;
    }
    int same = 0;
    while (same < text.length() && text.charAt(same) == masked.text().charAt(same)) {
      same++;
    }
    String kinds =
        masked.counts().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(count -> count.getValue() + " × " + count.getKey().label())
            .collect(Collectors.joining(", "));
    problems.add(
        Kind.SECRET,
        shown,
        Lines.numberAt(text, same),
        "it seems to hold a secret: " + kinds,
        "say where the secret is kept instead of what it is, and replace the secret itself");
  }

  private void checkReferences(CheckedTree tree, FileInfo info, String text, boolean isIndex)
      throws IOException {
    Set<String> told = new HashSet<>();
    for (Reference reference : References.of(text)) {
      boolean isChecked =
          reference.form() == Form.CODE || (reference.form() == Form.LINK && !isIndex);
      Optional<String> gone =
          isChecked ? targets.gone(tree, info.path().parent(), reference) : Optional.empty();
      if (gone.isPresent() && told.add(gone.get())) {
        problems.add(
            Kind.STALE,
            tree.shown(info.path()),
            reference.line(),
            "it refers to " + Problems.quote(gone.get()) + ", which does not exist",
            "find out where it went, then correct or drop what the memory says about it");
      }
    }
  }

  private CheckedFile topic(CheckedTree tree, FileInfo info, String text) {
    Frontmatter frontmatter = Frontmatter.parse(text);
    for (Frontmatter.Complaint complaint : frontmatter.complaints()) {
      problems.add(
          Kind.FRONTMATTER,
          tree.shown(info.path()),
          complaint.line(),
          complaint.text(),
          "write it as `remember` does: name, description and type, each on its line");
    }
    String body = frontmatter.body().strip();
    return new CheckedFile(
        tree,
        info.path(),
        frontmatter.values().getOrDefault("name", ""),
        frontmatter.values().getOrDefault("description", ""),
        body.isEmpty()
            ? Optional.empty()
            : Optional.of(Sha256.hex(body.getBytes(StandardCharsets.UTF_8))),
        info.bytes() > limits.fileBytes() ? Optional.empty() : Optional.of(Sketch.of(body)));
  }
}
