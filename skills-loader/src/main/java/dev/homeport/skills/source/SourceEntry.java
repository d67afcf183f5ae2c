package dev.homeport.skills.source;

/// A file or link of a source.
///
/// @param path as the source has it, segments separated by `/`; not checked yet
/// @param kind what it is
public record SourceEntry(String path, Kind kind) implements Comparable<SourceEntry> {
  /// What an entry can be. What is none of these is left out.
  public enum Kind {
    /// A regular file.
    FILE("file"),
    /// A file that may be run.
    PROGRAM("program"),
    /// A symbolic link, whose content is its target.
    LINK("link");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    /// The word for it in digests.
    public String label() {
      return label;
    }
  }

  /// By path.
  @Override
  public int compareTo(SourceEntry other) {
    return path.compareTo(other.path);
  }
}
