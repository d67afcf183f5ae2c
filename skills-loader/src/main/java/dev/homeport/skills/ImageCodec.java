package dev.homeport.skills;

import dev.homeport.skills.CatalogImage.Parts;
import dev.homeport.skills.SkillFiles.Entry;
import dev.homeport.skills.SkillIndex.Indexed;
import dev.homeport.skills.SkillTree.Found;
import dev.homeport.skills.SkillTree.Place;
import dev.homeport.skills.SkillsConfig.Root;
import dev.homeport.skills.text.IndexSegment;
import dev.homeport.workspace.FileInfo;
import dev.homeport.workspace.WorkspacePath;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Turns the records of a catalog into bytes and back. One codec reads or writes once.
///
/// A start waits for what is read here, so nothing is read twice: a file is known by its directory,
/// a directory by what its path does not share with the one before, and what authors declare most
/// often, which is nothing, by its number.
final class ImageCodec {
  private final SkillsConfig config;
  private final PathCodec paths = new PathCodec();

  /// The skills in the order in which they are written.
  private final List<Skill> skills = new ArrayList<>();

  /// Where the next source begins.
  private int sourceAt;

  ImageCodec(SkillsConfig config) {
    this.config = config;
  }

  /// Writes everything but the sources, which are collected in the order of the skills.
  byte[] write(CatalogImage image, Collection<SkillSource> sources) {
    var out = new ImageWriter();
    var directories = new ArrayList<>(image.directories().entrySet());
    directories.sort(
        Comparator.<Map.Entry<Place, SkillDirectory>>comparingInt(
                entry -> config.roots().indexOf(entry.getKey().root()))
            .thenComparing(entry -> entry.getKey().path()));
    out.number(directories.size());
    var numbersOfPlaces = new HashMap<Place, Integer>();
    for (var entry : directories) {
      numbersOfPlaces.put(entry.getKey(), numbersOfPlaces.size());
      out.number(config.roots().indexOf(entry.getKey().root()));
      write(out, entry.getValue());
    }
    Map<SkillMetadata, Integer> metadata = metadata(image.entries().values());
    out.number(metadata.size());
    metadata.keySet().forEach(declared -> MetadataCodec.write(out, declared));
    out.number(image.entries().size());
    image
        .entries()
        .forEach((location, entry) -> {
          Integer number = numbersOfPlaces.get(new Place(location.root(), location.directory()));
          boolean isKnown =
              number != null
                  && directories.get(number).getValue().file().equals(Optional.of(entry.info()));
          out.number(number != null && isKnown ? number + 1 : 0);
          if (!isKnown) {
            write(out, location, entry.info());
          }
          write(out, entry, metadata);
        });
    var numbers = new HashMap<Skill, Integer>();
    skills.forEach(skill -> numbers.put(skill, numbers.size()));
    out.number(image.indexed().skills().size());
    image.indexed().skills().forEach(skill -> out.number(numbers.getOrDefault(skill, -1) + 1));
    skills.forEach(skill -> sources.add(skill.source()));
    return out.bytes();
  }

  /// Reads everything.
  CatalogImage read(Parts parts) {
    var in = new ImageReader(parts.records());
    int size = in.index();
    var directories = HashMap.<Place, SkillDirectory>newHashMap(size);
    var files = new ArrayList<@Nullable Found>(size);
    for (int i = 0; i < size; i++) {
      Root root = config.roots().get(in.index());
      SkillDirectory directory = directory(in);
      directories.put(new Place(root, directory.path()), directory);
      Optional<FileInfo> file = directory.file();
      files.add(file.isEmpty() ? null : found(root, directory.path(), file.get()));
    }
    var metadata = new ArrayList<SkillMetadata>();
    for (int left = in.index(); left > 0; left--) {
      metadata.add(MetadataCodec.read(in));
    }
    int count = in.index();
    var entries = HashMap.<SkillLocation, Entry>newHashMap(count);
    for (int i = 0; i < count; i++) {
      int number = in.index();
      Found known = number == 0 ? found(in) : Objects.requireNonNull(files.get(number - 1));
      entries.put(known.location(), entry(in, known, metadata, parts.sources()));
    }
    return new CatalogImage(directories, entries, indexed(in, parts.index()));
  }

  private static Found found(Root root, WorkspacePath directory, FileInfo file) {
    return new Found(new SkillLocation(root, directory, file.path()), file);
  }

  private Found found(ImageReader in) {
    Root root = config.roots().get(in.index());
    WorkspacePath directory = paths.read(in);
    return found(root, directory, file(in, directory));
  }

  private Indexed indexed(ImageReader in, ByteBuffer index) {
    int size = in.index();
    var indexed = new ArrayList<Skill>(size);
    boolean isWhole = true;
    for (int i = 0; i < size; i++) {
      int number = in.index() - 1;
      isWhole &= number >= 0;
      if (number >= 0) {
        indexed.add(skills.get(number));
      }
    }
    return isWhole ? new Indexed(IndexSegment.of(index), indexed) : Indexed.NONE;
  }

  private static Map<SkillMetadata, Integer> metadata(Collection<Entry> entries) {
    var numbers = new LinkedHashMap<SkillMetadata, Integer>();
    for (Entry entry : entries) {
      entry.skill().ifPresent(skill -> numbers.putIfAbsent(skill.metadata(), numbers.size()));
    }
    return numbers;
  }

  private void write(ImageWriter out, SkillDirectory directory) {
    paths.write(out, directory.path());
    out.flag(directory.inSkill()).time(directory.modified()).flag(directory.settled());
    out.flag(directory.file().isPresent());
    directory.file().ifPresent(file -> write(out, directory.path(), file));
    out.flag(directory.isLinked());
    out.texts(directory.subdirectories()).texts(directory.links()).text(directory.failure());
  }

  private SkillDirectory directory(ImageReader in) {
    WorkspacePath path = paths.read(in);
    return new SkillDirectory(
        path,
        in.flag(),
        in.time(),
        in.flag(),
        in.flag() ? Optional.of(file(in, path)) : Optional.empty(),
        in.flag(),
        in.texts(),
        in.texts(),
        in.optionalText());
  }

  private void write(ImageWriter out, SkillLocation location, FileInfo info) {
    out.number(config.roots().indexOf(location.root()));
    paths.write(out, location.directory());
    write(out, location.directory(), info);
  }

  private static void write(ImageWriter out, WorkspacePath directory, FileInfo file) {
    PathCodec.write(out, directory, file.path());
    out.number(file.bytes()).time(file.modified());
  }

  private static FileInfo file(ImageReader in, WorkspacePath directory) {
    return new FileInfo(PathCodec.read(in, directory), FileInfo.Kind.FILE, in.number(), in.time());
  }

  private void write(ImageWriter out, Entry entry, Map<SkillMetadata, Integer> metadata) {
    out.flag(entry.settled()).text(entry.sha256()).flag(entry.isGood());
    write(out, entry.problems());
    out.flag(entry.skill().isPresent());
    entry
        .skill()
        .ifPresent(skill -> {
          out.number(metadata.getOrDefault(skill.metadata(), 0));
          write(out, skill, entry.sha256());
        });
  }

  private Entry entry(
      ImageReader in, Found file, List<SkillMetadata> metadata, ByteBuffer sources) {
    SkillLocation location = file.location();
    boolean settled = in.flag();
    String sha256 = in.text();
    boolean isGood = in.flag();
    List<SkillProblem> problems = problems(in, location);
    Optional<Skill> skill =
        in.flag()
            ? Optional.of(skill(in, metadata.get(in.index()), location, sha256, sources))
            : Optional.empty();
    return new Entry(file.info(), settled, sha256, skill, isGood, problems);
  }

  private static void write(ImageWriter out, List<SkillProblem> problems) {
    out.number(problems.size());
    for (SkillProblem problem : problems) {
      out.text(problem.severity().name()).text(problem.kind().name()).text(problem.message());
    }
  }

  private static List<SkillProblem> problems(ImageReader in, SkillLocation location) {
    int size = in.index();
    if (size == 0) {
      return List.of();
    }
    String place = location.root().shown(location.file());
    var problems = new ArrayList<SkillProblem>(size);
    for (int left = size; left > 0; left--) {
      problems.add(
          new SkillProblem(
              SkillProblem.Severity.valueOf(in.text()),
              SkillProblem.Kind.valueOf(in.text()),
              place,
              in.text()));
    }
    return problems;
  }

  private void write(ImageWriter out, Skill skill, String sha256) {
    out.text(skill.name().value()).text(skill.description());
    out.text(Optional.of(skill.sha256()).filter(own -> !own.equals(sha256)));
    write(out, skill.problems());
    out.number(skill.source().compressed().remaining()).number(skill.source().length());
    skills.add(skill);
  }

  private Skill skill(
      ImageReader in,
      SkillMetadata metadata,
      SkillLocation location,
      String sha256,
      ByteBuffer sources) {
    var name = new SkillName(in.text());
    String description = in.text();
    String own = in.flag() ? in.text() : sha256;
    List<SkillProblem> problems = problems(in, location);
    int size = in.index();
    var source = SkillSource.compressed(sources, sourceAt, size, in.index());
    sourceAt += size;
    var skill = new Skill(name, description, metadata, location, own, source, problems);
    skills.add(skill);
    return skill;
  }
}
