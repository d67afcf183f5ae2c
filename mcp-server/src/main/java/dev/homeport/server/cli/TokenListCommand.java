package dev.homeport.server.cli;

import dev.homeport.server.identity.Grant;
import dev.homeport.server.identity.Grants;
import dev.homeport.server.tool.Toolset;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/// Lists who may come in.
@Command(name = "list", description = "List who may use `homeport serve`, and with what.")
final class TokenListCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  TokenListCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    List<Grant> all = new Grants(TokenFiles.directory(surroundings)).all();
    if (all.isEmpty()) {
      surroundings.say("nobody; add somebody with `homeport token add NAME --workspace DIR`");
      return ExitCodes.DONE;
    }
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("NAME", "PROOF", "EXPIRES", "TOOLS", "WORKSPACE"));
    for (Grant grant : all) {
      String proof =
          switch (grant.proof()) {
            case Grant.Proof.Token(var sha256) -> "token " + sha256.substring(0, 8);
            case Grant.Proof.Subject(var subject) -> "subject " + subject;
          };
      String tools =
          grant.toolsets().size() == Toolset.values().length
              ? "all"
              : grant.toolsets().stream()
                  .sorted()
                  .map(Toolset::label)
                  .collect(Collectors.joining(","));
      rows.add(
          List.of(
              grant.name().text(),
              proof,
              grant.expires().map(Object::toString).orElse("never"),
              tools + (grant.readOnly() ? ", read-only" : ""),
              grant.workspace().toString()));
    }
    TextTable.print(rows, surroundings.out());
    return ExitCodes.DONE;
  }
}
