package dev.homeport.skills.signature;

import java.util.List;
import java.util.stream.Collectors;

/// What the signature of a skill is worth.
public sealed interface SkillSignature {
  /// The name of the file that holds a signature.
  String FILE = "skill.oms.sig";

  /// There is none.
  record Unsigned() implements SkillSignature {}

  /// All files are what somebody whom the user trusts has signed.
  ///
  /// @param signer the subject of the certificate, or the file of the key
  record Valid(String signer) implements SkillSignature {}

  /// The files are not what was signed, or nobody signed what the signature says.
  ///
  /// @param reason what is wrong, in one phrase
  /// @param differences the files that differ; empty if it is the signature itself that is wrong
  record Invalid(String reason, List<Difference> differences) implements SkillSignature {
    /// Copies the differences.
    public Invalid {
      differences = List.copyOf(differences);
    }
  }

  /// Nobody whom the user trusts vouches for it, or Homeport cannot check this kind.
  ///
  /// @param reason why, in one phrase
  record Unverifiable(String reason) implements SkillSignature {}

  /// A file that is not as it was signed.
  ///
  /// @param path relative to the skill's directory
  record Difference(Change change, String path) {
    @Override
    public String toString() {
      return path + " " + change.phrase;
    }
  }

  /// How a file differs.
  enum Change {
    /// It has other content.
    CHANGED("changed"),
    /// It was not there.
    ADDED("was added"),
    /// It is gone.
    MISSING("is missing"),
    /// It is a directory with names that Homeport does not show.
    HIDING("has names that are not shown");

    private final String phrase;

    Change(String phrase) {
      this.phrase = phrase;
    }
  }

  /// The outcome in one phrase, for a person or an agent.
  default String text() {
    return switch (this) {
      case Unsigned _ -> "none";
      case Valid(var signer) -> "valid, by " + signer;
      case Invalid(var reason, var differences) ->
          "INVALID: " + reason + (differences.isEmpty() ? "" : ": " + shown(differences));
      case Unverifiable(var reason) -> "not verified: " + reason;
    };
  }

  private static String shown(List<Difference> differences) {
    int most = 5;
    return differences.stream()
            .limit(most)
            .map(Difference::toString)
            .collect(Collectors.joining(", "))
        + (differences.size() > most ? ", and %d more".formatted(differences.size() - most) : "");
  }
}
