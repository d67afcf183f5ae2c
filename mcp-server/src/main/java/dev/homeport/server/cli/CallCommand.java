package dev.homeport.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.homeport.server.Homeport;
import dev.homeport.server.tool.ToolResult;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Calls one tool, once.
@Command(
    name = "call",
    description = {
      "Call one tool once and print its answer.",
      "Exits 1 if the answer is an error. `homeport tools` lists the tools."
    })
final class CallCommand implements Callable<Integer> {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  @Mixin private ServerOptions options = new ServerOptions();

  @Parameters(index = "0", paramLabel = "TOOL", description = "The tool's name, such as grep.")
  private String tool = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "JSON",
      defaultValue = "{}",
      description = "Its arguments as a JSON object; - reads them from standard input.")
  private String json = "";

  private final Surroundings surroundings;

  CallCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws CommandException, IOException {
    Map<String, Object> arguments = arguments();
    try (Homeport homeport = Homeport.open(options.config(surroundings), surroundings.user())) {
      ToolResult result =
          homeport
              .tools()
              .call(tool, arguments, homeport.context("homeport-call", Map.of(), this::report));
      print(result);
      return result.isError() ? ExitCodes.FAILED : ExitCodes.DONE;
    }
  }

  private Map<String, Object> arguments() throws CommandException, IOException {
    String text = json.equals("-") ? new String(surroundings.in().readAllBytes(), UTF_8) : json;
    try {
      return JSON.readValue(text, new TypeReference<Map<String, Object>>() {});
    } catch (JacksonException malformed) {
      throw new CommandException(
          ExitCodes.USAGE,
          "the arguments are no JSON object, such as '{\"path\": \"README.md\"}': "
              + malformed.getOriginalMessage());
    }
  }

  private void print(ToolResult result) {
    String text = result.text();
    surroundings.out().print(text.isEmpty() || text.endsWith("\n") ? text : text + "\n");
    surroundings.out().flush();
    for (ToolResult.Image image : result.images()) {
      surroundings.say("the answer has an image too (" + image.mediaType() + ")");
    }
  }

  private void report(double done, double total, String message) {
    surroundings.say(message);
  }
}
