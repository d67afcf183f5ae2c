package dev.homeport.skills.scan;

import dev.homeport.skills.Skill;
import dev.homeport.skills.report.SkillFinding;
import dev.homeport.skills.yaml.Json;
import dev.homeport.skills.yaml.Yaml;
import dev.homeport.workspace.Sha256;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What scans of single skills found, kept in a directory by the content of the skill's files, and
/// so never out of date. Several processes may share it; to delete it loses nothing. Thread-safe.
public final class KeptScans {
  /// Changed whenever a scan finds something else in the same files.
  private static final String SCANNER = "1";

  /// When a process first keeps something, the oldest beyond so many are deleted.
  private static final int MOST_KEPT = 20_000;

  private static final Map<String, ScanRule> RULES =
      Arrays.stream(ScanRule.values()).collect(Collectors.toMap(ScanRule::id, Function.identity()));

  private final Path directory;
  private final SecretDetector secrets;
  private final String settings;
  private final AtomicBoolean isPruned = new AtomicBoolean();

  /// @param directory a directory of the user, which may be missing
  /// @param secrets finds secrets
  /// @param settings what else than the files decides what the detector finds
  public KeptScans(Path directory, SecretDetector secrets, String settings) {
    this.directory = directory;
    this.secrets = secrets;
    this.settings = settings;
  }

  /// What a scan of a skill finds, signatures aside.
  ScanReport of(Skill skill) throws IOException {
    Path file = directory.resolve(key(skill));
    Optional<ScanReport> kept = read(file);
    if (kept.isPresent()) {
      return kept.get();
    }
    ScanReport report = SkillScan.of(skill, secrets);
    keep(file, report);
    return report;
  }

  /// Made of every place of the skill with what stands there.
  private String key(Skill skill) throws IOException {
    var places = new ArrayList<String>(List.of(SCANNER, settings, skill.sha256()));
    SkillInventory.of(skill.location())
        .visit(
            new SkillInventory.Visitor() {
              @Override
              public void file(String place, String name, byte[] bytes) {
                places.add(place + " " + Sha256.hex(bytes));
              }

              @Override
              public void odd(String place, ScanHit hit, String digest) {
                places.add(place + " " + hit + " " + digest);
              }
            });
    return Sha256.hex(String.join("\0", places).getBytes(StandardCharsets.UTF_8));
  }

  private static Optional<ScanReport> read(Path file) {
    try {
      return parse(Files.readString(file));
    } catch (NoSuchFileException missing) {
      return Optional.empty();
    } catch (IOException e) {
      log().log(Level.DEBUG, "a kept scan cannot be read: {0}", e.getMessage());
      return Optional.empty();
    }
  }

  private static Optional<ScanReport> parse(String text) {
    if (!(Yaml.read(text).orElse(null) instanceof Yaml.Mapping map
        && map.get("files") instanceof Yaml.Scalar(_, Long files)
        && map.get("digests") instanceof Yaml.Mapping digests
        && map.get("findings") instanceof Yaml.Sequence(var items))) {
      return Optional.empty();
    }
    var findings = new ArrayList<SkillFinding>();
    for (Yaml item : items) {
      if (!(item instanceof Yaml.Sequence(var parts)
          && parts.size() == 4
          && parts.get(2) instanceof Yaml.Scalar(_, Long line))) {
        return Optional.empty();
      }
      ScanRule rule = RULES.get(text(parts.get(0)));
      if (rule == null) {
        return Optional.empty();
      }
      findings.add(new SkillFinding(rule, text(parts.get(1)), line.intValue(), text(parts.get(3))));
    }
    var byPlace = new HashMap<String, String>();
    digests.entries().forEach((place, digest) -> byPlace.put(place, text(digest)));
    return Optional.of(new ScanReport(findings, byPlace, 1, files.intValue()));
  }

  private static String text(Yaml value) {
    return value instanceof Yaml.Scalar(String text, _) ? text : "";
  }

  private static String written(ScanReport report) {
    var map = new LinkedHashMap<String, Object>();
    map.put("files", report.files());
    map.put("digests", report.digests());
    map.put(
        "findings",
        report.findings().stream()
            .map(finding ->
                List.of(finding.rule().id(), finding.place(), finding.line(), finding.message()))
            .toList());
    return Json.of(map);
  }

  /// Without a cache that can be written every process scans for itself.
  private void keep(Path file, ScanReport report) {
    try {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      if (isPruned.compareAndSet(false, true)) {
        prune();
      }
      Path temporary = Files.createTempFile(directory, "scan", ".tmp");
      try {
        Files.writeString(temporary, written(report));
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      log().log(Level.DEBUG, "a scan cannot be kept: {0}", e.getMessage());
    }
  }

  private void prune() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> all = files.toList();
      if (all.size() <= MOST_KEPT) {
        return;
      }
      var times = new HashMap<Path, FileTime>();
      for (Path file : all) {
        times.put(file, Files.getLastModifiedTime(file));
      }
      List<Path> byAge = all.stream().sorted(Comparator.comparing(times::get)).toList();
      for (Path file : byAge.subList(0, all.size() - MOST_KEPT / 2)) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static System.Logger log() {
    return System.getLogger(KeptScans.class.getName());
  }
}
