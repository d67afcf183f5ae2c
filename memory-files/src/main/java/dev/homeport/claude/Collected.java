package dev.homeport.claude;

import dev.homeport.claude.ClaudeMemory.ConditionalRule;
import dev.homeport.claude.ClaudeMemory.Reason;
import dev.homeport.claude.ClaudeMemory.Skipped;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What was loaded so far, and what was not. Not thread-safe.
final class Collected {
  private final List<ClaudePiece> pieces = new ArrayList<>();
  private final List<ConditionalRule> conditional = new ArrayList<>();
  private final Map<Skipped, Optional<Path>> skipped = new LinkedHashMap<>();
  private final Map<Path, Integer> positions = new HashMap<>();
  private final Map<Path, Integer> depths = new HashMap<>();
  private final Map<Path, List<String>> imports = new HashMap<>();
  private final Set<Path> directories = new HashSet<>();
  private long characters;

  void add(Path key, ClaudePiece piece) {
    positions.put(key, pieces.size());
    pieces.add(piece);
    imports.put(key, ImportScanner.scan(piece.text()));
    characters += piece.characters();
  }

  void add(ConditionalRule rule) {
    conditional.add(rule);
  }

  void skip(String target, String source, Reason reason) {
    skipped.putIfAbsent(new Skipped(target, source, reason), Optional.empty());
  }

  /// A file that is too deep counts as skipped only if it is not loaded on a shorter way.
  void skipTooDeep(String target, String source, Path key) {
    skipped.putIfAbsent(new Skipped(target, source, Reason.TOO_DEEP), Optional.of(key));
  }

  /// Whether a file was read before, with success or not.
  boolean isRead(Path key) {
    return depths.containsKey(key);
  }

  /// Notes a way to a file; says whether it is shorter than all before, so that its imports must be
  /// followed again. The piece stays where it is, but names the importer on the shortest way.
  boolean reach(Path key, int depth, @Nullable String importer) {
    Integer before = depths.get(key);
    boolean isShorter = before == null || depth < before;
    if (isShorter) {
      depths.put(key, depth);
      Integer position = positions.get(key);
      if (position != null) {
        pieces.set(position, pieces.get(position).importedBy(importer));
      }
    }
    return isShorter;
  }

  /// Whether a directory of rules was not entered before; links may lead back to one.
  boolean enter(Path directory) {
    return directories.add(directory);
  }

  List<String> imports(Path key) {
    return imports.getOrDefault(key, List.of());
  }

  boolean isFull() {
    return characters >= ClaudeResolver.MAX_TOTAL;
  }

  ClaudeMemory result() {
    return new ClaudeMemory(
        pieces,
        conditional,
        skipped.entrySet().stream()
            .filter(entry -> entry.getValue().filter(depths::containsKey).isEmpty())
            .map(Map.Entry::getKey)
            .toList());
  }
}
