package dev.homeport.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.server.tool.ToolDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The README's table of tools is made from the tools; `-Dtoolsnaps.update=true` makes it anew.
class ReadmeTest {
  private static final Path README = Path.of("..", "README.md");
  private static final String START = "<!-- tools: generated, see CONTRIBUTING.md -->\n";
  private static final String END = "<!-- /tools -->\n";

  @TempDir Path workspace;

  @Test
  void listsTheToolsAsTheyAre() throws IOException {
    String readme = Files.readString(README);
    int start = readme.indexOf(START) + START.length();
    int end = readme.indexOf(END);
    String table = table();
    if (Boolean.getBoolean("toolsnaps.update")) {
      Files.writeString(README, readme.substring(0, start) + table + readme.substring(end));
      return;
    }

    assertThat(readme.substring(start, end)).isEqualTo(table);
  }

  @Test
  void staysShort() throws IOException {
    assertThat(Files.readAllLines(README)).hasSizeLessThanOrEqualTo(150);
  }

  private String table() {
    Map<String, StringBuilder> rows = new LinkedHashMap<>();
    try (Homeport homeport = Homeport.open(ServerConfig.of(workspace))) {
      for (ToolDefinition tool : homeport.tools().definitions()) {
        var row = rows.computeIfAbsent(tool.toolset().label(), _ -> new StringBuilder());
        row.append(row.isEmpty() ? "" : "; ")
            .append("`%s` %s".formatted(tool.name(), lowerCaseStart(tool.title())));
      }
    }
    var table = new StringBuilder("| toolset | tools |\n|---|---|\n");
    rows.forEach((toolset, tools) -> table.append("| %s | %s |\n".formatted(toolset, tools)));
    return table.toString();
  }

  private static String lowerCaseStart(String title) {
    boolean isAcronym = title.length() > 1 && Character.isUpperCase(title.charAt(1));
    return isAcronym ? title : Character.toLowerCase(title.charAt(0)) + title.substring(1);
  }
}
