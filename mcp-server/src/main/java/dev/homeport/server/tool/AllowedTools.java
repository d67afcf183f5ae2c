package dev.homeport.server.tool;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What `allowed-tools` of a skill comes to here.
///
/// In clients the field approves calls beforehand; it restricts nothing. Homeport asks nobody for
/// approval, so there is nothing that it could give: which tools are on, the user alone decides.
final class AllowedTools {
  private static final Map<String, Offer> OFFERS =
      Map.of(
          "Bash", new Offer("execute", Toolset.SANDBOX, false),
          "Read", new Offer("read_file", Toolset.FILES, true),
          "Write", new Offer("write_file", Toolset.FILES, false),
          "Edit", new Offer("edit_file", Toolset.FILES, false),
          "Grep", new Offer("grep", Toolset.SEARCH, true),
          "Glob", new Offer("glob", Toolset.SEARCH, true),
          "Skill", new Offer("skill_load", Toolset.SKILLS, true));

  private AllowedTools() {}

  /// A tool of Homeport that does what one of a client does.
  private record Offer(String tool, Toolset toolset, boolean isReadOnly) {
    boolean isOn(ToolRegistry.Selection selection) {
      return selection.toolsets().contains(toolset) && (isReadOnly || !selection.readOnly());
    }
  }

  /// A line for an agent that loaded the skill; empty if the skill wishes for nothing.
  static String explained(List<String> wishes, ToolRegistry.Selection selection) {
    if (wishes.isEmpty()) {
      return "";
    }
    Set<String> here = new LinkedHashSet<>();
    Set<String> off = new LinkedHashSet<>();
    for (String wish : wishes) {
      int bracket = wish.indexOf('(');
      String name = bracket < 0 ? wish : wish.substring(0, bracket);
      Optional.ofNullable(OFFERS.get(name))
          .ifPresent(
              offer -> (offer.isOn(selection) ? here : off).add(name + " is " + offer.tool()));
    }
    return "The skill's allowed-tools (%s) approve nothing here: your client or the user decides.%s%s\n"
        .formatted(
            String.join(", ", wishes),
            here.isEmpty() ? "" : " With Homeport " + String.join(", ", here) + ".",
            off.isEmpty()
                ? ""
                : " Switched off, and not switched on by a skill: " + String.join(", ", off) + ".");
  }
}
