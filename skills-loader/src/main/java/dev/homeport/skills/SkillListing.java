package dev.homeport.skills;

import dev.homeport.skills.text.Excerpt;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The skills on offer as a short text for the context of an agent: one line each.
///
/// A token is counted as four characters. When the budget is short, long descriptions are cut
/// first, to one common length; when that would leave too little of each, the last ones are
/// dropped. Names are never dropped, even beyond the budget: an agent that does not see a name
/// cannot know that there is something to load.
///
/// @param text the lines, each ending in `\n`; empty if there is no skill
/// @param skills how many skills there are
/// @param described how many of them have a description in the text
public record SkillListing(String text, int skills, int described) {
  private static final int CHARACTERS_PER_TOKEN = 4;

  private static final String SEPARATOR = ": ";
  private static final String WITHHELD = " (in quarantine)";

  /// A description that is cut shorter than this says nothing.
  private static final int SHORTEST = 60;

  /// The skills for somebody who works on a file, in the order of a listing.
  ///
  /// Those that are for other files are left out. As long as nobody knows the file, those that are
  /// for some files only come last, so that they lose their descriptions first.
  public static List<Skill> suiting(Optional<WorkspacePath> file, List<Skill> skills) {
    return skills.stream()
        .filter(skill -> file.isEmpty() || skill.metadata().suits(file.get()))
        .sorted(
            Comparator.comparing(skill -> file.isPresent() == skill.metadata().paths().isEmpty()))
        .toList();
  }

  /// Lists skills within a budget.
  ///
  /// @param review asked about those alone that a description is shown of; what it withholds is
  ///   named, and none of its own words are shown
  public static SkillListing of(List<Skill> skills, int budgetTokens, SkillReview review)
      throws IOException, InterruptedException {
    long characters = (long) budgetTokens * CHARACTERS_PER_TOKEN;
    List<String> descriptions =
        skills.stream().map(skill -> Excerpt.oneLine(skill.description())).toList();
    long names = skills.stream().mapToLong(skill -> skill.name().value().length() + 5L).sum();
    int length = commonLength(descriptions, characters - names);
    var text = new StringBuilder();
    long left = characters - names;
    int described = 0;
    boolean hasRoom = true;
    for (int i = 0; i < skills.size(); i++) {
      String description = Excerpt.of(descriptions.get(i), Math.max(length, SHORTEST));
      text.append("- ").append(skills.get(i).name());
      hasRoom &= description.length() <= left;
      if (hasRoom) {
        boolean isWithheld = review.of(skills.get(i)).withheld().isPresent();
        String said = isWithheld ? WITHHELD : SEPARATOR + description;
        text.append(said);
        left -= said.length() - SEPARATOR.length();
        described += isWithheld ? 0 : 1;
      }
      text.append('\n');
    }
    return new SkillListing(text.toString(), skills.size(), described);
  }

  /// The greatest length at which all descriptions fit.
  private static int commonLength(List<String> descriptions, long characters) {
    List<Integer> lengths = descriptions.stream().map(String::length).sorted().toList();
    long left = characters;
    for (int i = 0; i < lengths.size(); i++) {
      long share = left / (lengths.size() - i);
      if (lengths.get(i) > share) {
        return (int) Math.max(0, share);
      }
      left -= lengths.get(i);
    }
    return Integer.MAX_VALUE;
  }
}
