package dev.homeport.memory;

import dev.homeport.text.Anchor;
import dev.homeport.text.Utf8;
import dev.homeport.workspace.FileInfo;
import dev.homeport.workspace.Sha256;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;

/// Writes facts: topic file and index line, both or neither.
///
/// The transaction is a redo journal: everything that is to be written stands in one file before
/// the first of the two is touched. Whoever finds that file while nobody holds the locks finishes
/// the work, which is the same as doing it once.
final class FactWriter {
  private static final Change RECOVERY =
      new Change(null, "a remember that was interrupted is finished");

  private final MemoryQuota quota;
  private final InstantSource clock;

  FactWriter(MemoryQuota quota, InstantSource clock) {
    this.quota = quota;
    this.clock = clock;
  }

  RememberOutcome remember(MemoryTree tree, Fact fact, Change change)
      throws IOException, InterruptedException, RefusedException {
    MemoryPath topic = tree.child(fact.fileName());
    MemoryPath index = tree.child(MemoryIndex.FILE_NAME);
    try (var _ = MemoryChanges.lock(tree.top(), topic, index, FactJournal.path(tree))) {
      Optional<byte[]> old = read(topic);
      Optional<String> said = old.flatMap(Utf8::decode);
      boolean isSame = said.filter(fact::isSaidBy).isPresent();
      if (old.isPresent() && !isSame) {
        if (change.expectedSha256() == null
            || MemoryChanges.stale(topic, old.get(), change).isPresent()) {
          return new RememberOutcome.Conflict(
              MemoryFile.of(topic, old.get()), said.orElse("(not text)"));
        }
      } else if (old.isEmpty() && change.expectedSha256() != null) {
        throw MemoryChanges.missingPrecondition(topic);
      }
      var journal =
          new FactJournal(
              fact.fileName(),
              old.map(Sha256::hex),
              fact.indexLine(),
              isSame ? said.orElseThrow() : fact.render(clock.instant()));
      RememberOutcome.Status status =
          isSame
              ? RememberOutcome.Status.UNCHANGED
              : old.isPresent() ? RememberOutcome.Status.UPDATED : RememberOutcome.Status.CREATED;
      requireRoom(tree, journal, old.map(content -> content.length));
      return write(tree, journal, status, change);
    }
  }

  /// @param old the bytes of the topic file that is there now
  private void requireRoom(MemoryTree tree, FactJournal journal, Optional<Integer> old)
      throws IOException, RefusedException {
    int topic = Utf8.encode(journal.topic()).length;
    if (old.isPresent()) {
      quota.requireGrowth(tree, topic - old.get());
    } else {
      quota.requireRoom(tree, topic + Utf8.encode(journal.indexLine()).length + 1);
    }
  }

  private RememberOutcome write(
      MemoryTree tree, FactJournal journal, RememberOutcome.Status status, Change change)
      throws IOException, RefusedException {
    MemoryPath topic = tree.child(journal.fileName());
    MemoryPath index = tree.child(MemoryIndex.FILE_NAME);
    byte[] topicContent = Utf8.encode(journal.topic());
    String oldIndex = indexText(index);
    String newIndex = withLine(oldIndex, journal);
    byte[] indexContent = Utf8.encode(newIndex);
    quota.requireSize(topic, topicContent);
    quota.requireSize(index, indexContent);
    if (status != RememberOutcome.Status.UNCHANGED || !oldIndex.equals(newIndex)) {
      journal.write(tree);
      replace(topic, topicContent, change);
      replace(index, indexContent, change);
      FactJournal.delete(tree);
    }
    return new RememberOutcome.Remembered(
        status,
        MemoryFile.of(topic, topicContent),
        MemoryFile.of(index, indexContent),
        MemoryIndex.advice(index, newIndex, quota.limits()));
  }

  /// Finishes what a process that died has begun; failure is logged and left to the next time.
  void recover(MemoryTree tree) throws InterruptedException {
    if (!isInterrupted(tree)) {
      return;
    }
    try (var _ = tree.workspace().lockAll()) {
      var journal = FactJournal.read(tree);
      if (journal.isPresent()) {
        redo(tree, journal.get());
      }
    } catch (IOException | RefusedException e) {
      System.getLogger(FactWriter.class.getName())
          .log(Level.WARNING, "an unfinished remember in " + tree.name() + " stays", e);
    }
  }

  private static boolean isInterrupted(MemoryTree tree) {
    try {
      return FactJournal.path(tree).stat().isPresent();
    } catch (IOException e) {
      System.getLogger(FactWriter.class.getName())
          .log(Level.DEBUG, "{0} cannot be looked into; the command will say why", tree.name());
      return false;
    }
  }

  /// Leaves a topic file alone that somebody changed since.
  private static void redo(MemoryTree tree, FactJournal journal)
      throws IOException, RefusedException {
    MemoryPath topic = tree.child(journal.fileName());
    MemoryPath index = tree.child(MemoryIndex.FILE_NAME);
    if (read(topic).map(Sha256::hex).equals(journal.shaBefore())) {
      replace(topic, Utf8.encode(journal.topic()), RECOVERY);
    }
    replace(index, Utf8.encode(withLine(indexText(index), journal)), RECOVERY);
    FactJournal.delete(tree);
    System.getLogger(FactWriter.class.getName())
        .log(Level.INFO, "finished an interrupted remember of {0}", topic);
  }

  private static void replace(MemoryPath path, byte[] content, Change change) throws IOException {
    Optional<byte[]> old = read(path);
    if (old.isEmpty() || !Arrays.equals(old.get(), content)) {
      path.write(old.orElse(null), content, change);
    }
  }

  private static Optional<byte[]> read(MemoryPath path) throws IOException {
    return path.stat().filter(FileInfo::isFile).isPresent()
        ? Optional.of(path.read(MemoryView.MOST_BYTES))
        : Optional.empty();
  }

  private static String indexText(MemoryPath index) throws IOException, RefusedException {
    Optional<byte[]> content = read(index);
    if (content.isEmpty()) {
      return "";
    }
    return Utf8.decode(content.get()).orElseThrow(() -> MemoryView.unsupported(index));
  }

  /// The index with the line of a topic in place of the one that led to it before, or at the end.
  private static String withLine(String index, FactJournal journal) {
    int link = index.indexOf("](" + journal.fileName() + ")");
    if (link >= 0) {
      int start = index.lastIndexOf('\n', link) + 1;
      int end = index.indexOf('\n', link);
      int lineEnd = end < 0 ? index.length() : end;
      boolean isCrlf = end > 0 && index.charAt(end - 1) == '\r';
      return index.substring(0, start)
          + journal.indexLine()
          + index.substring(isCrlf ? lineEnd - 1 : lineEnd);
    }
    String newline = Anchor.endsInCrlf(index) ? "\r\n" : "\n";
    String separator = index.isEmpty() || index.endsWith("\n") ? "" : newline;
    return index + separator + journal.indexLine() + newline;
  }
}
