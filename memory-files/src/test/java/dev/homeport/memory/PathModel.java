package dev.homeport.memory;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The grammar of paths, written down a second time as plainly as it can be.
final class PathModel {
  private PathModel() {}

  /// The names of a path of a workspace, or empty if it must be refused.
  static Optional<List<String>> workspace(String text) {
    var names = new ArrayList<>(Arrays.asList(text.split("/", -1)));
    while (names.size() > 1 && names.getFirst().equals(".")) {
      names.removeFirst();
    }
    if (names.size() > 1 && names.getFirst().isEmpty()) {
      return Optional.empty();
    }
    if (names.size() > 1 && names.getLast().isEmpty()) {
      names.removeLast();
    }
    if (names.equals(List.of("")) || names.equals(List.of("."))) {
      return Optional.of(List.of());
    }
    int bytes = names.size() - 1 + names.stream().mapToInt(PathModel::bytes).sum();
    return bytes <= 1_024 && names.stream().allMatch(PathModel::isName)
        ? Optional.of(names)
        : Optional.empty();
  }

  /// The names below `/memories`, or empty if the path must be refused.
  static Optional<List<String>> memory(String text) {
    if (text.equals("/memories")) {
      return Optional.of(List.of());
    }
    if (!text.startsWith("/memories/") || text.contains("\\")) {
      return Optional.empty();
    }
    String below = text.substring("/memories/".length());
    List<String> written = Arrays.asList(below.split("/", -1));
    return written.contains(".") || written.contains("..")
        ? Optional.empty()
        : workspace(below).filter(names -> names.stream().noneMatch(PathModel::isOwn));
  }

  private static boolean isOwn(String name) {
    String own = ".homeport";
    return name.length() >= own.length() && name.substring(0, own.length()).equalsIgnoreCase(own);
  }

  static boolean isName(String name) {
    return !List.of("", ".", "..").contains(name)
        && !name.contains("/")
        && bytes(name) <= 255
        && Normalizer.normalize(name, Normalizer.Form.NFC).equals(name)
        && name.codePoints().noneMatch(PathModel::isForbidden);
  }

  static boolean isForbidden(int codePoint) {
    int types =
        1 << Character.CONTROL
            | 1 << Character.FORMAT
            | 1 << Character.SURROGATE
            | 1 << Character.LINE_SEPARATOR
            | 1 << Character.PARAGRAPH_SEPARATOR;
    return (types >> Character.getType(codePoint) & 1) == 1;
  }

  private static int bytes(String text) {
    return text.codePoints().map(c -> c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x1_0000 ? 3 : 4).sum();
  }
}
