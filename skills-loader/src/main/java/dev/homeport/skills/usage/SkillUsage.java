package dev.homeport.skills.usage;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Counts uses of skills in a directory that several processes share, one file for each month of
/// the last year. Nothing leaves the machine. Thread-safe.
///
/// A use is a line that is appended by one call of the system and not forced to the disk: it costs
/// some microseconds, and a crash of the machine may lose it. Where the directory cannot be written
/// nothing is counted.
public final class SkillUsage {
  private static final String PREFIX = "skills-";
  private static final String SUFFIX = ".log";
  private static final int MONTHS = 12;

  /// Stands for a skill where there is none.
  private static final String NOBODY = "-";

  private final Path directory;
  private final InstantSource clock;
  private volatile @Nullable YearMonth tidied;

  private SkillUsage(Path directory, InstantSource clock) {
    this.directory = directory;
    this.clock = clock;
  }

  /// The counts in a directory, which may be missing.
  public static SkillUsage in(Path directory, InstantSource clock) {
    return new SkillUsage(directory, clock);
  }

  /// Counts a use of some skills.
  public void note(SkillUse use, List<String> skills) {
    if (!skills.isEmpty()) {
      append(
          skills.stream()
              .map(skill -> use.word() + " " + skill + "\n")
              .collect(Collectors.joining()));
    }
  }

  /// Counts a search that found nothing.
  public void noteNothingFound() {
    append(SkillUse.NONE_FITS.word() + " " + NOBODY + "\n");
  }

  private void append(String lines) {
    try {
      YearMonth month = YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC));
      if (!month.equals(tidied)) {
        Files.createDirectories(
            directory,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        tidied = month;
        deleteBefore(month.minusMonths(MONTHS));
      }
      Files.writeString(
          directory.resolve(PREFIX + month + SUFFIX),
          lines,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      System.getLogger(SkillUsage.class.getName())
          .log(Level.DEBUG, "a use of a skill is not counted: {0}", e.getMessage());
    }
  }

  private void deleteBefore(YearMonth oldest) throws IOException {
    for (Map.Entry<Path, YearMonth> file : files().entrySet()) {
      if (file.getValue().isBefore(oldest)) {
        Files.deleteIfExists(file.getKey());
      }
    }
  }

  private Map<Path, YearMonth> files() throws IOException {
    var files = new HashMap<Path, YearMonth>();
    try (Stream<Path> all = Files.list(directory)) {
      for (Path file : all.toList()) {
        month(String.valueOf(file.getFileName())).ifPresent(month -> files.put(file, month));
      }
    } catch (NoSuchFileException none) {
      return Map.of();
    }
    return files;
  }

  private static Optional<YearMonth> month(String name) {
    if (!name.startsWith(PREFIX) || !name.endsWith(SUFFIX)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          YearMonth.parse(name.substring(PREFIX.length(), name.length() - SUFFIX.length())));
    } catch (DateTimeParseException other) {
      return Optional.empty();
    }
  }

  /// All counts together. A line that a crash cut short counts for nothing.
  public UsageReport report() throws IOException {
    var counts = new HashMap<String, Map<SkillUse, Long>>();
    Map<Path, YearMonth> files = files();
    for (Path file : files.keySet()) {
      for (String line : text(file).lines().toList()) {
        int space = line.indexOf(' ');
        for (SkillUse use : SkillUse.values()) {
          if (space > 0 && line.substring(0, space).equals(use.word())) {
            counts
                .computeIfAbsent(line.substring(space + 1), _ -> new EnumMap<>(SkillUse.class))
                .merge(use, 1L, Long::sum);
          }
        }
      }
    }
    Map<SkillUse, Long> nobody = counts.remove(NOBODY);
    var rows = new ArrayList<UsageReport.Row>();
    counts.forEach((skill, uses) -> rows.add(row(skill, uses)));
    return new UsageReport(
        rows,
        nobody == null ? 0 : nobody.getOrDefault(SkillUse.NONE_FITS, 0L),
        files.values().stream().min(YearMonth::compareTo));
  }

  private static UsageReport.Row row(String skill, Map<SkillUse, Long> uses) {
    return new UsageReport.Row(
        skill,
        uses.getOrDefault(SkillUse.FOUND, 0L),
        uses.getOrDefault(SkillUse.LOADED, 0L),
        uses.getOrDefault(SkillUse.FILE_MISSING, 0L));
  }

  /// What was reset meanwhile counts for nothing.
  private static String text(Path file) throws IOException {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (NoSuchFileException gone) {
      return "";
    }
  }

  /// Forgets everything.
  public void reset() throws IOException {
    for (Path file : files().keySet()) {
      Files.deleteIfExists(file);
    }
  }
}
