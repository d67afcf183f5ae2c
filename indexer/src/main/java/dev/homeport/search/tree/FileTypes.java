package dev.homeport.search.tree;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/// The file types that a search can be limited to, each a name for some globs.
public final class FileTypes {
  /// The types of ripgrep 15, as it prints them by `--type-list`.
  private static final Map<String, List<String>> GLOBS = new TreeMap<>();

  static {
    try (var list = FileTypes.class.getResourceAsStream("file-types")) {
      byte[] text = Objects.requireNonNull(list).readAllBytes();
      for (String line : new String(text, StandardCharsets.UTF_8).lines().toList()) {
        int colon = line.indexOf(": ");
        GLOBS.put(line.substring(0, colon), List.of(line.substring(colon + 2).split(" ")));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private FileTypes() {}

  /// The names of all types.
  public static Collection<String> names() {
    return java.util.Collections.unmodifiableSet(GLOBS.keySet());
  }

  /// The globs of a type, or empty if there is no such type.
  public static Optional<List<String>> globs(String name) {
    return Optional.ofNullable(GLOBS.get(name));
  }

  /// Types whose name or globs resemble a name that is none, the likeliest first.
  public static List<String> like(String name) {
    String wanted = name.toLowerCase(Locale.ROOT);
    var similar = new ArrayList<String>();
    GLOBS.forEach((type, globs) -> {
      if (globs.contains("*." + wanted)) {
        similar.addFirst(type);
      } else if (type.startsWith(wanted) || wanted.startsWith(type)) {
        similar.add(type);
      }
    });
    return similar;
  }
}
