package dev.homeport.server.cli;

import dev.homeport.server.Homeport;
import dev.homeport.server.cli.HistoryCommand.Form;
import dev.homeport.server.cli.HistoryCommand.Operand;
import dev.homeport.server.tool.HistoryTools;
import dev.homeport.server.tool.ToolResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// One command of the tool `history`: calls the tool and prints what it answers.
///
/// Names, types and descriptions of the options are those of the tool's arguments.
final class HistoryCall implements Callable<Integer> {
  private final Form form;
  private final Surroundings surroundings;
  private final ServerOptions server = new ServerOptions();
  private final Map<String, OptionSpec> options = new LinkedHashMap<>();
  private final Map<Operand, PositionalParamSpec> operands = new LinkedHashMap<>();

  HistoryCall(Form form, Surroundings surroundings) {
    this.form = form;
    this.surroundings = surroundings;
  }

  CommandLine commandLine() {
    var spec = CommandSpec.wrapWithoutInspection(this).name(form.command());
    spec.usageMessage().description(form.description());
    spec.addMixin("server", CommandSpec.forAnnotatedObject(server));
    for (Operand operand : form.operands()) {
      var positional =
          PositionalParamSpec.builder()
              .index(String.valueOf(operands.size()))
              .arity(operand.isNeeded() ? "1" : "0..1")
              .paramLabel(operand.label())
              .type(String.class)
              .description(description(operand.argument()))
              .build();
      operands.put(operand, positional);
      spec.addPositional(positional);
    }
    for (String argument : form.options()) {
      boolean isNumber = "integer".equals(schema(argument).get("type"));
      var option =
          OptionSpec.builder("--" + argument.replace('_', '-'))
              .type(isNumber ? Integer.class : String.class)
              .paramLabel(isNumber ? "N" : "TEXT")
              .required(form.needs(argument))
              .description(description(argument))
              .build();
      options.put(argument, option);
      spec.addOption(option);
    }
    return new CommandLine(spec);
  }

  private static Map<?, ?> schema(String argument) {
    return (Map<?, ?>) Objects.requireNonNull(HistoryTools.arguments().get(argument), argument);
  }

  /// What the tool's schema says, without the name of the command that it holds for.
  private String description(String argument) {
    Map<?, ?> schema = schema(argument);
    String text = schema.get("description") instanceof String given ? given : "";
    String prefix = form.command() + ": ";
    String plain = text.startsWith(prefix) ? text.substring(prefix.length()) : text;
    if (schema.get("enum") instanceof List<?> values) {
      plain = "one of " + String.join(", ", values.stream().map(String::valueOf).toList());
    }
    return plain.isEmpty()
        ? ""
        : plain.substring(0, 1).toUpperCase(Locale.ROOT) + plain.substring(1) + ".";
  }

  private Map<String, Object> arguments() {
    var arguments = new LinkedHashMap<String, Object>();
    arguments.put("command", form.command());
    operands.forEach((operand, given) -> {
      if (given.getValue() instanceof String value) {
        arguments.put(operand.argument(value), value);
      }
    });
    options.forEach((argument, given) -> {
      @Nullable Object value = given.getValue();
      if (value != null) {
        arguments.put(argument, value);
      }
    });
    return arguments;
  }

  @Override
  public Integer call() throws CommandException {
    try (Homeport homeport = Homeport.open(server.config(surroundings), surroundings.user())) {
      ToolResult result =
          homeport
              .tools()
              .call(
                  "history",
                  arguments(),
                  homeport.context(
                      "homeport-history", Map.of(), (_, _, message) -> surroundings.say(message)));
      if (result.isError()) {
        surroundings.say(result.text());
        return ExitCodes.FAILED;
      }
      surroundings.out().println(result.text());
      return ExitCodes.DONE;
    }
  }
}
