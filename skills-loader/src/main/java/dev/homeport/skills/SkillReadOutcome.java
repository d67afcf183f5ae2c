package dev.homeport.skills;

import java.util.List;

/// What reading a file of a skill came to.
public sealed interface SkillReadOutcome {
  /// Lines of a text file.
  ///
  /// @param path the file
  /// @param content the lines, each ending in `\n`
  /// @param firstLine the number of the first one in the file, from 1
  /// @param nextLine what to ask for as `firstLine` to go on; 0 if all was read
  /// @param totalLines how many lines the file or section has
  record Text(String path, String content, int firstLine, int nextLine, int totalLines)
      implements SkillReadOutcome {}

  /// A file that is not text.
  ///
  /// @param path the file
  /// @param mediaType the type by its name
  /// @param content all of its bytes
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  record Binary(String path, String mediaType, byte[] content) implements SkillReadOutcome {}

  /// The files of a directory, the skill's own or one below.
  record Listing(String path, List<SkillResource> resources) implements SkillReadOutcome {
    /// Copies the list.
    public Listing {
      resources = List.copyOf(resources);
    }
  }

  /// The skill is not served.
  ///
  /// @param reason why, and what the user can do
  record Withheld(String reason) implements SkillReadOutcome {}

  /// There is no skill of that name.
  ///
  /// @param nearest the names most like it
  record UnknownSkill(List<SkillName> nearest) implements SkillReadOutcome {
    /// Copies the names.
    public UnknownSkill {
      nearest = List.copyOf(nearest);
    }
  }

  /// The skill has no such file.
  ///
  /// @param resources the files that it has
  record UnknownFile(String path, List<SkillResource> resources) implements SkillReadOutcome {
    /// Copies the list.
    public UnknownFile {
      resources = List.copyOf(resources);
    }
  }

  /// The file has no such section.
  ///
  /// @param headings the headings that it has
  record UnknownSection(String section, List<String> headings) implements SkillReadOutcome {
    /// Copies the headings.
    public UnknownSection {
      headings = List.copyOf(headings);
    }
  }
}
