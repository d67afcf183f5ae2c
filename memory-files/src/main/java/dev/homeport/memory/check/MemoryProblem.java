package dev.homeport.memory.check;

import java.util.Locale;

/// Something about the memory that a person or an agent should repair.
///
/// Holds no secret: what looks like one is masked.
///
/// @param kind what sort of problem
/// @param path the file as agents write it, such as `/memories/notes.md`
/// @param line the line it is about, from 1; 0 if it is about the whole file
/// @param detail what was found
/// @param remedy what to do about it
public record MemoryProblem(Kind kind, String path, int line, String detail, String remedy)
    implements Comparable<MemoryProblem> {
  /// The sorts of problems.
  public enum Kind {
    /// No line of the index leads to a topic file, so agents do not know of it.
    ORPHAN,
    /// A link of the index leads to no file.
    DANGLING,
    /// Two files say the same or have the same name, or the index lists one file twice.
    DUPLICATE,
    /// Two files say nearly the same.
    NEAR_DUPLICATE,
    /// The index, a file or the whole memory is larger than agents can use.
    OVER_LIMIT,
    /// A file refers to something that is no longer there.
    STALE,
    /// A file seems to hold a secret.
    SECRET,
    /// The frontmatter cannot be read, or lacks something.
    FRONTMATTER,
    /// A file cannot be read as text, or not at all.
    UNREADABLE;

    /// The name as programs read it, such as `near-duplicate`.
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /// By file, then by line, then by kind.
  @Override
  public int compareTo(MemoryProblem other) {
    int byPath = path.compareTo(other.path);
    int byLine = byPath != 0 ? byPath : Integer.compare(line, other.line);
    return byLine != 0 ? byLine : kind.compareTo(other.kind);
  }
}
