package dev.homeport.skills.publish;

import dev.homeport.skills.Skill;
import dev.homeport.skills.SkillCatalog;
import dev.homeport.skills.SkillName;
import dev.homeport.workspace.FileInfo;
import dev.homeport.workspace.Sha256;
import dev.homeport.workspace.WorkspaceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Publishes the skills of a catalog.
///
/// A skill is published when it is asked for: its files are read once, and again only when size or
/// time of one changed. Whoever reads a file gets the bytes that were digested, or finds the skill
/// published anew. Thread-safe.
public final class SkillPublisher {
  /// The most files that a skill may have, `SKILL.md` included.
  public static final int MOST_FILES = 512;

  /// The most bytes that all files of a skill may have together.
  public static final long MOST_BYTES = 16L << 20;

  private static final int PAGE = 100;

  /// Clients give up after some number of pages; larger collections get larger pages.
  private static final int MOST_PAGES = 40;

  /// For so long the files of a skill are not looked at again.
  private static final Duration FRESH = Duration.ofSeconds(1);

  private final SkillCatalog catalog;
  private final Map<SkillName, Edition> editions = new ConcurrentHashMap<>();

  /// @param catalog the catalog whose skills are published
  public SkillPublisher(SkillCatalog catalog) {
    this.catalog = catalog;
  }

  /// Some of the published skills.
  ///
  /// @param skills in the order of their names
  /// @param nextCursor asks for those that follow; empty if there are none
  public record Page(List<PublishedSkill> skills, Optional<String> nextCursor) {
    /// Copies the list.
    public Page {
      skills = List.copyOf(skills);
    }
  }

  /// What a skill was published as.
  ///
  /// @param skill what it was made of
  /// @param files what stood in its directory
  /// @param checkedAt when that was last looked at
  private record Edition(
      Skill skill, Map<String, FileInfo> files, PublishOutcome outcome, long checkedAt) {}

  /// The skills that follow a cursor; those that cannot be published are left out.
  ///
  /// @param cursor as a page gave it; empty for the first page
  /// @return empty if the cursor is none of ours
  public Optional<Page> list(Optional<String> cursor) throws IOException, InterruptedException {
    Optional<String> after = cursor.isEmpty() ? Optional.of("") : decoded(cursor.get());
    if (after.isEmpty()) {
      return Optional.empty();
    }
    List<Skill> all = catalog.snapshot().skills();
    int size = Math.max(PAGE, (all.size() + MOST_PAGES - 1) / MOST_PAGES);
    List<Skill> left =
        all.stream()
            .filter(skill -> skill.name().value().compareTo(after.get()) > 0)
            .sorted(Comparator.comparing(Skill::name))
            .toList();
    List<Skill> page = left.subList(0, Math.min(size, left.size()));
    var published = new ArrayList<PublishedSkill>();
    for (Skill skill : page) {
      if (publish(skill) instanceof PublishOutcome.Published(var ready)) {
        published.add(ready);
      }
    }
    Optional<String> next =
        page.size() == left.size()
            ? Optional.empty()
            : Optional.of(encoded(page.getLast().name().value()));
    return Optional.of(new Page(published, next));
  }

  private static String encoded(String name) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(name.getBytes(StandardCharsets.UTF_8));
  }

  private static Optional<String> decoded(String cursor) {
    try {
      return Optional.of(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8))
          .filter(name -> encoded(name).equals(cursor));
    } catch (IllegalArgumentException foreign) {
      return Optional.empty();
    }
  }

  /// The published skill of exactly this name.
  public Optional<PublishedSkill> find(String name) throws IOException, InterruptedException {
    Optional<Skill> skill =
        catalog.snapshot().find(name).filter(found -> found.name().value().equals(name));
    return skill.isPresent() && publish(skill.get()) instanceof PublishOutcome.Published(var ready)
        ? Optional.of(ready)
        : Optional.empty();
  }

  /// Why the skill of exactly this name is not published; empty if it is, or does not exist.
  public Optional<String> refusal(String name) throws IOException, InterruptedException {
    Optional<Skill> skill =
        catalog.snapshot().find(name).filter(found -> found.name().value().equals(name));
    return skill.isPresent() && publish(skill.get()) instanceof PublishOutcome.Refused(_, var why)
        ? Optional.of(why)
        : Optional.empty();
  }

  /// The bytes of a file of a published skill; empty if there is no such skill or file.
  public Optional<byte[]> read(String name, String path) throws IOException, InterruptedException {
    for (int attempt = 0; attempt < 2; attempt++) {
      Optional<PublishedFile> file = find(name).flatMap(skill -> skill.file(path));
      if (file.isEmpty()) {
        return Optional.empty();
      }
      Edition edition = editions.get(new SkillName(name));
      if (edition == null) {
        continue;
      }
      Optional<byte[]> bytes = bytes(edition, path);
      if (bytes.isPresent() && Sha256.hex(bytes.get()).equals(file.get().sha256())) {
        return bytes;
      }
      editions.remove(edition.skill().name(), edition);
    }
    return Optional.empty();
  }

  private static Optional<byte[]> bytes(Edition edition, String path) throws IOException {
    if (path.equals("SKILL.md")) {
      return Manuscript.of(edition.skill()) instanceof Manuscript.Outcome.Ready(var manuscript)
          ? Optional.of(manuscript.content())
          : Optional.empty();
    }
    try {
      return Optional.of(SkillContents.of(edition.skill()).read(path, MOST_BYTES));
    } catch (WorkspaceException gone) {
      return Optional.empty();
    }
  }

  /// Publishes a skill, or says why that cannot be.
  ///
  /// What the review of the catalog withholds is refused.
  public PublishOutcome publish(Skill skill) throws IOException, InterruptedException {
    Optional<String> withheld = catalog.verdict(skill).withheld();
    return withheld.isPresent() ? refused(skill, withheld.get()) : edition(skill);
  }

  private PublishOutcome edition(Skill skill) throws IOException {
    Edition known = editions.get(skill.name());
    if (known != null && !known.skill().equals(skill)) {
      known = null;
    }
    if (known != null && System.nanoTime() - known.checkedAt() < FRESH.toNanos()) {
      return known.outcome();
    }
    Edition made = edition(skill, Optional.ofNullable(known));
    editions.put(skill.name(), made);
    return made.outcome();
  }

  private static Edition edition(Skill skill, Optional<Edition> known) throws IOException {
    long now = System.nanoTime();
    try {
      var contents = SkillContents.of(skill);
      Map<String, FileInfo> files = contents.list(MOST_FILES);
      PublishOutcome outcome =
          known.isPresent() && known.get().files().equals(files)
              ? known.get().outcome()
              : outcome(skill, contents, files);
      return new Edition(skill, files, outcome, now);
    } catch (WorkspaceException unreadable) {
      return new Edition(skill, Map.of(), refused(skill, unreadable.getMessage() + ""), now);
    }
  }

  private static PublishOutcome outcome(
      Skill skill, SkillContents contents, Map<String, FileInfo> files) throws IOException {
    return switch (Manuscript.of(skill)) {
      case Manuscript.Outcome.Impossible(var reason) -> refused(skill, reason);
      case Manuscript.Outcome.Ready(var manuscript) -> {
        long bytes =
            manuscript.content().length + files.values().stream().mapToLong(FileInfo::bytes).sum();
        if (files.size() >= MOST_FILES) {
          yield refused(
              skill,
              "it has more than %d files; move what it does not need out of its directory"
                  .formatted(MOST_FILES));
        }
        if (bytes > MOST_BYTES) {
          yield refused(
              skill, "its files have %,d bytes, but at most 16 MiB are allowed".formatted(bytes));
        }
        yield published(skill, manuscript, contents, files.keySet());
      }
    };
  }

  private static PublishOutcome published(
      Skill skill, Manuscript manuscript, SkillContents contents, Iterable<String> paths)
      throws IOException {
    var files = new ArrayList<PublishedFile>();
    files.add(file("SKILL.md", manuscript.content()));
    for (String path : paths) {
      files.add(file(path, contents.read(path, MOST_BYTES)));
    }
    return new PublishOutcome.Published(
        new PublishedSkill(
            skill.name().value(),
            String.valueOf(manuscript.frontmatter().get("description")),
            manuscript.frontmatter(),
            files,
            manuscript.changes()));
  }

  private static PublishedFile file(String path, byte[] content) {
    return new PublishedFile(path, Sha256.hex(content), content.length);
  }

  private static PublishOutcome refused(Skill skill, String reason) {
    return new PublishOutcome.Refused(skill.name().value(), reason);
  }
}
