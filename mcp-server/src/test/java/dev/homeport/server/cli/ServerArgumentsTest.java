package dev.homeport.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ServerArgumentsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--workspace /tmp/x",
        "--workspace=/tmp/x=y --read-only",
        "--toolsets memory,search --toolsets files",
        "--toolsets=memory",
        "--durability none --set a=b --set=c=d",
        "--set=history.days=3 --workspace . --toolsets memory --read-only --durability full"
      })
  void understandsPlainArgumentsAsTheCommandLineLibraryDoes(String line) {
    List<String> arguments = line.isEmpty() ? List.of() : List.of(line.split(" ", -1));

    assertThat(ServerArguments.plain(arguments)).contains(parsed(arguments));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "-h",
        "--workspace",
        "--workspace=",
        "--workspace --read-only",
        "--workspace a --workspace b",
        "--durability full --durability none",
        "--read-only --read-only",
        "--read-only=true",
        "--work /tmp",
        "stray",
        "@file"
      })
  void leavesAllElseToTheCommandLineLibrary(String line) {
    assertThat(ServerArguments.plain(List.of(line.split(" ", -1)))).isEmpty();
  }

  @Test
  void knowsEveryOptionOfStdio() {
    var options = new CommandLine(new ServerOptions()).getCommandSpec().options();

    assertThat(options)
        .hasSize(5)
        .allSatisfy(option -> {
          String name = option.longestName();
          boolean takesValue = option.arity().max() > 0;
          assertThat(ServerArguments.plain(takesValue ? List.of(name, "x") : List.of(name)))
              .as(name)
              .isPresent();
        });
  }

  private static ServerArguments parsed(List<String> arguments) {
    var options = new ServerOptions();
    new CommandLine(options).parseArgs(arguments.toArray(String[]::new));
    return options.arguments();
  }
}
