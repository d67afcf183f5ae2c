package dev.homeport.skills;

import java.util.ArrayList;
import java.util.List;

/// What a skill says must be there (`metadata.openclaw`), so that what is missing can be named.
///
/// @param programs programs that must all be on the path (`bins`)
/// @param anyPrograms programs of which one is enough (`anyBins`); empty if none is needed
/// @param variables environment variables that must be set (`env`)
/// @param systems operating systems (`darwin`, `linux`, `win32`) of which one is needed; empty for
///   any
public record SkillRequirements(
    List<String> programs, List<String> anyPrograms, List<String> variables, List<String> systems) {
  /// Needs nothing.
  public static final SkillRequirements NONE =
      new SkillRequirements(List.of(), List.of(), List.of(), List.of());

  /// Copies the lists.
  public SkillRequirements {
    programs = List.copyOf(programs);
    anyPrograms = List.copyOf(anyPrograms);
    variables = List.copyOf(variables);
    systems = List.copyOf(systems);
  }

  /// What of this a machine lacks, one phrase each; empty if nothing.
  public List<String> unmet(SkillHost host) {
    var unmet = new ArrayList<String>();
    for (String program : programs) {
      if (!host.hasProgram(program)) {
        unmet.add("program " + program + " is not installed");
      }
    }
    if (!anyPrograms.isEmpty() && anyPrograms.stream().noneMatch(host::hasProgram)) {
      unmet.add("none of the programs " + String.join(", ", anyPrograms) + " is installed");
    }
    for (String variable : variables) {
      if (!host.hasVariable(variable)) {
        unmet.add("environment variable " + variable + " is not set");
      }
    }
    if (!systems.isEmpty() && !systems.contains(host.system())) {
      unmet.add("it is for " + String.join(" or ", systems) + ", but this is " + host.system());
    }
    return unmet;
  }
}
