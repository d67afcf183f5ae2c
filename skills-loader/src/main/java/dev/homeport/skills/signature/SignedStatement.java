package dev.homeport.skills.signature;

import dev.homeport.skills.yaml.Yaml;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What somebody signed: the digest of each file, and which paths are not covered.
///
/// @param digests the SHA-256 by path
/// @param uncovered paths whose files may come and go
record SignedStatement(Map<String, String> digests, Set<String> uncovered) {
  private static final String STATEMENT = "https://in-toto.io/Statement/v1";
  private static final String PREDICATE = "https://model_signing/signature/v1.0";

  /// What no signature covers, by the specification.
  private static final Set<String> NEVER_COVERED =
      Set.of(SkillSignature.FILE, ".git", ".gitignore", ".gitattributes", ".github");

  /// Copies the collections.
  SignedStatement {
    digests = Map.copyOf(digests);
    uncovered = Set.copyOf(uncovered);
  }

  /// What reading a statement came to.
  sealed interface Outcome {
    /// It can be compared with files.
    record Read(SignedStatement statement) implements Outcome {}

    /// It is of a kind that Homeport does not know.
    record Foreign(String reason) implements Outcome {}
  }

  /// Reads the payload of a bundle.
  static Outcome parse(byte[] payload) {
    if (!(Yaml.read(new String(payload, StandardCharsets.UTF_8)).orElse(null)
            instanceof Yaml.Mapping statement)
        || !STATEMENT.equals(text(statement, "_type"))
        || !PREDICATE.equals(text(statement, "predicateType"))
        || !(statement.get("predicate") instanceof Yaml.Mapping predicate)
        || !(predicate.get("serialization") instanceof Yaml.Mapping how)
        || !(predicate.get("resources") instanceof Yaml.Sequence(var resources))) {
      return new Outcome.Foreign("it is no statement of OpenSSF Model Signing 1.0");
    }
    if (!text(how, "method").equals("files")) {
      return new Outcome.Foreign("files are signed in pieces");
    }
    if (text(how, "allow_symlinks").equals("true")) {
      return new Outcome.Foreign("links are signed, which Homeport does not follow");
    }
    var digests = new HashMap<String, String>();
    for (Yaml resource : resources) {
      if (!(resource instanceof Yaml.Mapping entry)
          || !text(entry, "algorithm").equals("sha256")
          || digests.put(text(entry, "name"), text(entry, "digest")) != null) {
        return new Outcome.Foreign("files are signed by another digest than SHA-256, or twice");
      }
    }
    return new Outcome.Read(new SignedStatement(digests, uncovered(how)));
  }

  private static Set<String> uncovered(Yaml.Mapping how) {
    var paths = new TreeSet<>(NEVER_COVERED);
    if (how.get("ignore_paths") instanceof Yaml.Sequence ignored) {
      paths.addAll(ignored.texts());
    }
    return paths;
  }

  private static String text(Yaml.Mapping map, String key) {
    return map.get(key) instanceof Yaml.Scalar(String text, _) ? text : "";
  }

  /// Whether a path is covered: neither it nor a directory above it is left out.
  boolean covers(List<String> segments) {
    for (int length = 1; length <= segments.size(); length++) {
      if (uncovered.contains(String.join("/", segments.subList(0, length)))) {
        return false;
      }
    }
    return true;
  }
}
