package dev.homeport.skills.eval;

import dev.homeport.skills.Skill;
import dev.homeport.skills.SkillCatalog;
import dev.homeport.skills.SkillRead;
import dev.homeport.skills.SkillReadOutcome;
import dev.homeport.skills.yaml.Yaml;
import dev.homeport.workspace.WorkspaceException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Collects the questions in the `evals/evals.json` of skills.
///
/// Three forms are in use: a list of questions, a map with a list `evals` or `cases`, and the
/// specification's trigger lists with `query` and `should_trigger`. What is none of them is left
/// out.
public final class EvalQueries {
  private static final List<String> FILES = List.of("evals/evals.json", "evals/triggers.json");
  private static final List<String> TEXT_KEYS = List.of("query", "prompt", "question");

  private EvalQueries() {}

  /// All questions of all skills of a catalog.
  public static List<EvalQuery> of(SkillCatalog catalog) throws IOException, InterruptedException {
    var queries = new ArrayList<EvalQuery>();
    for (Skill skill : catalog.snapshot().skills()) {
      for (String file : FILES) {
        Optional<Yaml> json = text(catalog, skill, file).flatMap(Yaml::read);
        json.ifPresent(value -> collect(value, skill.name().value(), queries));
      }
    }
    return queries;
  }

  private static Optional<String> text(SkillCatalog catalog, Skill skill, String file)
      throws IOException, InterruptedException {
    var text = new StringBuilder();
    int line = 1;
    try {
      while (line > 0) {
        var request =
            new SkillRead(
                skill.name().value(), file, Optional.empty(), line, SkillRead.DEFAULT_MAX_LINES);
        if (!(catalog.read(request) instanceof SkillReadOutcome.Text part)) {
          return Optional.empty();
        }
        text.append(part.content());
        line = part.nextLine();
      }
      return Optional.of(text.toString());
    } catch (WorkspaceException unreadable) {
      return Optional.empty();
    }
  }

  private static void collect(Yaml json, String skill, List<EvalQuery> queries) {
    switch (json) {
      case Yaml.Sequence(var items) -> items.forEach(item -> collect(item, skill, queries));
      case Yaml.Mapping map -> {
        String about =
            string(map.get("skill_name")).or(() -> string(map.get("skill"))).orElse(skill);
        for (String list : List.of("evals", "cases")) {
          if (map.get(list) instanceof Yaml.Sequence items) {
            collect(items, about, queries);
          }
        }
        query(map, about).ifPresent(queries::add);
      }
      case Yaml.Scalar _ -> {}
    }
  }

  private static Optional<EvalQuery> query(Yaml.Mapping map, String skill) {
    Optional<String> text =
        TEXT_KEYS.stream().flatMap(key -> string(map.get(key)).stream()).findFirst();
    boolean names = map.entries().containsKey("expected_skill");
    Optional<String> expected = string(map.get("expected_skill"));
    boolean triggers =
        !(map.get("should_trigger") instanceof Yaml.Scalar(_, Boolean wanted) && !wanted)
            && (!names || expected.isPresent());
    return text.map(question -> new EvalQuery(question, expected.orElse(skill), triggers));
  }

  private static Optional<String> string(@Nullable Yaml value) {
    return value instanceof Yaml.Scalar(_, String text) && !text.isBlank()
        ? Optional.of(text)
        : Optional.empty();
  }
}
