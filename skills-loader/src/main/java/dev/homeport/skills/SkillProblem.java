package dev.homeport.skills;

/// What was repaired, refused or found doubtful about a skill or a root, for the one who can fix
/// it.
///
/// @param severity how much it matters
/// @param kind what it is
/// @param place where: a path as [SkillLocation] shows it, never a path of the host
/// @param message what is wrong and what to do, in one sentence or two
public record SkillProblem(Severity severity, Kind kind, String place, String message) {
  /// How much a problem matters.
  public enum Severity {
    /// Repaired without loss; most clients would do the same.
    NOTE,
    /// Loaded, but other clients may not, or something was left out.
    WARNING,
    /// The file or its metadata could not be used.
    ERROR
  }

  /// What can be wrong.
  public enum Kind {
    /// The file begins with a byte order mark.
    BYTE_ORDER_MARK,
    /// Lines end in CRLF or CR.
    LINE_ENDINGS,
    /// The file holds NUL characters.
    NUL,
    /// The bytes are not UTF-8.
    ENCODING,
    /// No line of three hyphens opens the metadata.
    FENCE_MISSING,
    /// No line of three hyphens closes the metadata.
    FENCE_UNCLOSED,
    /// Single entries of the metadata had to be repaired.
    YAML_REPAIRED,
    /// The metadata as a whole cannot be read.
    YAML_UNREADABLE,
    /// A key stands twice; the last one counts.
    DUPLICATE_KEY,
    /// There is no name; the directory gives it.
    NAME_MISSING,
    /// The name breaks the naming rule; the nearest valid one is used.
    NAME_INVALID,
    /// The name is longer than the specification allows.
    NAME_TOO_LONG,
    /// The name is not that of the directory.
    NAME_DIFFERS,
    /// There is no description; the body gives it.
    DESCRIPTION_MISSING,
    /// The description is longer than the specification allows.
    DESCRIPTION_TOO_LONG,
    /// A value has another type than the specification says.
    TYPE,
    /// Another skill of the same name stands before this one.
    SHADOWED,
    /// A link leads out of every root, or nowhere.
    LINK,
    /// Git ignores directories.
    IGNORED,
    /// A limit on size, depth or number was reached.
    LIMIT,
    /// The file system refused.
    UNREADABLE,
    /// An edit broke the skill; its last good version is kept.
    BROKEN_EDIT,
    /// A source of skills is not fetched, or the lock file that names it cannot be read.
    SOURCE
  }

  /// Whether the file or its metadata could not be used.
  public boolean isError() {
    return severity == Severity.ERROR;
  }

  @Override
  public String toString() {
    return severity + " " + kind + " " + place + ": " + message;
  }
}
