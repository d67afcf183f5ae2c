package dev.homeport.skills;

import dev.homeport.skills.CatalogImage.Parts;
import dev.homeport.skills.SkillFiles.Entry;
import dev.homeport.skills.SkillIndex.Indexed;
import dev.homeport.skills.SkillsConfig.Root;
import dev.homeport.skills.text.IndexSegment;
import dev.homeport.workspace.FileInfo;
import dev.homeport.workspace.WorkspacePath;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/// Turns the records of a catalog into bytes and back. One codec reads or writes once.
final class ImageCodec {
  private final SkillsConfig config;

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
    out.number(image.directories().size());
    image.directories().forEach((key, directory) -> write(out, key, directory));
    out.number(image.entries().size());
    image.entries().forEach((location, entry) -> write(out, location, entry));
    var numbers = new HashMap<Skill, Integer>();
    skills.forEach(skill -> numbers.put(skill, numbers.size()));
    out.number(image.indexed().skills().size());
    image.indexed().skills().forEach(skill -> out.number(numbers.getOrDefault(skill, -1)));
    skills.forEach(skill -> sources.add(skill.source()));
    return out.bytes();
  }

  /// Reads everything.
  CatalogImage read(Parts parts) {
    var in = new ImageReader(parts.records());
    var directories = new HashMap<SkillTree.Place, SkillDirectory>();
    for (long left = in.number(); left > 0; left--) {
      Root root = config.roots().get((int) in.number());
      SkillDirectory directory = directory(in);
      directories.put(new SkillTree.Place(root, directory.path()), directory);
    }
    var entries = new HashMap<SkillLocation, Entry>();
    for (long left = in.number(); left > 0; left--) {
      Root root = config.roots().get((int) in.number());
      WorkspacePath directory = path(in);
      var location = new SkillLocation(root, directory, path(in, directory));
      entries.put(location, entry(in, location, parts.sources()));
    }
    var indexed = new ArrayList<Skill>();
    boolean isWhole = true;
    for (long left = in.number(); left > 0; left--) {
      int number = (int) in.number();
      isWhole &= number >= 0;
      if (number >= 0) {
        indexed.add(skills.get(number));
      }
    }
    return new CatalogImage(
        directories,
        entries,
        isWhole ? new Indexed(IndexSegment.of(parts.index()), indexed) : Indexed.NONE);
  }

  private void write(ImageWriter out, SkillTree.Place key, SkillDirectory directory) {
    out.number(config.roots().indexOf(key.root()));
    write(out, directory.path());
    out.flag(directory.inSkill()).time(directory.modified()).flag(directory.settled());
    out.flag(directory.file().isPresent());
    directory.file().ifPresent(file -> write(out, directory.path(), file));
    out.flag(directory.isLinked());
    out.texts(directory.subdirectories()).texts(directory.links()).text(directory.failure());
  }

  private static SkillDirectory directory(ImageReader in) {
    WorkspacePath path = path(in);
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

  private static void write(ImageWriter out, WorkspacePath path) {
    out.texts(path.segments());
  }

  private static WorkspacePath path(ImageReader in) {
    return new WorkspacePath(in.texts());
  }

  /// Most paths are those of a file right in a directory that was written before.
  private static void write(ImageWriter out, WorkspacePath directory, WorkspacePath path) {
    boolean isIn = path.parent().equals(directory) && !path.isRoot();
    out.flag(isIn);
    if (isIn) {
      out.text(path.name());
    } else {
      write(out, path);
    }
  }

  private static WorkspacePath path(ImageReader in, WorkspacePath directory) {
    if (!in.flag()) {
      return path(in);
    }
    var segments = new ArrayList<>(directory.segments());
    segments.add(in.text());
    return new WorkspacePath(segments);
  }

  private static void write(ImageWriter out, WorkspacePath directory, FileInfo file) {
    write(out, directory, file.path());
    out.number(file.bytes()).time(file.modified());
  }

  private static FileInfo file(ImageReader in, WorkspacePath directory) {
    return new FileInfo(path(in, directory), FileInfo.Kind.FILE, in.number(), in.time());
  }

  private void write(ImageWriter out, SkillLocation location, Entry entry) {
    out.number(config.roots().indexOf(location.root()));
    write(out, location.directory());
    write(out, location.directory(), location.file());
    out.number(entry.info().bytes()).time(entry.info().modified());
    out.flag(entry.settled()).text(entry.sha256()).flag(entry.isGood());
    write(out, entry.problems());
    out.flag(entry.skill().isPresent());
    entry.skill().ifPresent(skill -> write(out, skill));
  }

  private Entry entry(ImageReader in, SkillLocation location, ByteBuffer sources) {
    var info = new FileInfo(location.file(), FileInfo.Kind.FILE, in.number(), in.time());
    boolean settled = in.flag();
    String sha256 = in.text();
    boolean isGood = in.flag();
    List<SkillProblem> problems = problems(in, location);
    Optional<Skill> skill =
        in.flag() ? Optional.of(skill(in, location, sources)) : Optional.empty();
    return new Entry(info, settled, sha256, skill, isGood, problems);
  }

  private static void write(ImageWriter out, List<SkillProblem> problems) {
    out.number(problems.size());
    for (SkillProblem problem : problems) {
      out.text(problem.severity().name()).text(problem.kind().name()).text(problem.message());
    }
  }

  private static List<SkillProblem> problems(ImageReader in, SkillLocation location) {
    long size = in.number();
    if (size == 0) {
      return List.of();
    }
    String place = location.root().shown(location.file());
    var problems = new ArrayList<SkillProblem>();
    for (long left = size; left > 0; left--) {
      problems.add(
          new SkillProblem(
              SkillProblem.Severity.valueOf(in.text()),
              SkillProblem.Kind.valueOf(in.text()),
              place,
              in.text()));
    }
    return problems;
  }

  private void write(ImageWriter out, Skill skill) {
    SkillMetadata metadata = skill.metadata();
    SkillInvocation invocation = metadata.invocation();
    SkillRequirements requirements = metadata.requirements();
    out.text(skill.name().value()).text(skill.description()).text(skill.sha256());
    write(out, skill.problems());
    out.text(metadata.whenToUse()).text(metadata.compatibility());
    out.texts(metadata.allowedTools()).texts(metadata.paths());
    out.flag(invocation.byModel()).flag(invocation.byUser());
    out.texts(invocation.arguments()).text(invocation.hint());
    out.texts(requirements.programs()).texts(requirements.anyPrograms());
    out.texts(requirements.variables()).texts(requirements.systems());
    out.number(skill.source().compressed().remaining()).number(skill.source().length());
    skills.add(skill);
  }

  private Skill skill(ImageReader in, SkillLocation location, ByteBuffer sources) {
    var name = new SkillName(in.text());
    String description = in.text();
    String sha256 = in.text();
    List<SkillProblem> problems = problems(in, location);
    var metadata =
        new SkillMetadata(
            in.optionalText(),
            in.optionalText(),
            in.texts(),
            in.texts(),
            new SkillInvocation(in.flag(), in.flag(), in.texts(), in.optionalText()),
            new SkillRequirements(in.texts(), in.texts(), in.texts(), in.texts()));
    int size = (int) in.number();
    var source = SkillSource.compressed(sources.slice(sourceAt, size), (int) in.number());
    sourceAt += size;
    var skill = new Skill(name, description, metadata, location, sha256, source, problems);
    skills.add(skill);
    return skill;
  }
}
