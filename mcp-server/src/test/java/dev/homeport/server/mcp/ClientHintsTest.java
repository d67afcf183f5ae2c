package dev.homeport.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.server.Homeport;
import dev.homeport.server.ServerConfig;
import dev.homeport.server.protocol.Client;
import dev.homeport.server.protocol.Message;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ClientHintsTest {
  @TempDir Path directory;

  private JsonNode tools() throws Exception {
    try (var homeport = Homeport.open(ServerConfig.of(directory))) {
      var request = new Message.Request(1, "tools/list", Map.of());
      Object answer =
          homeport.surface().methods().answer(request, Client.named("test")).orElseThrow();
      return JsonMapper.shared().valueToTree(answer).path("tools");
    }
  }

  @Test
  void toolsThatPageByThemselvesAskNotToBeCut() throws Exception {
    List<String> paging =
        tools()
            .valueStream()
            .filter(tool -> tool.at("/_meta/anthropic~1maxResultSizeChars").asInt(0) == 500_000)
            .map(tool -> tool.path("name").asString())
            .toList();

    assertThat(paging).containsExactly("memory", "read_file", "result_read", "skill_read");
  }

  @Test
  void theFirstToolOfASessionIsAlwaysLoaded() throws Exception {
    List<String> loaded =
        tools()
            .valueStream()
            .filter(tool -> tool.at("/_meta/anthropic~1alwaysLoad").asBoolean(false))
            .map(tool -> tool.path("name").asString())
            .toList();

    assertThat(loaded).containsExactly("wake");
  }

  @Test
  void theOrderOfToolsIsFixed() throws Exception {
    List<String> names = tools().valueStream().map(tool -> tool.path("name").asString()).toList();

    assertThat(names).hasSizeGreaterThan(15).doesNotHaveDuplicates();
    assertThat(tools().valueStream().map(tool -> tool.path("name").asString()).toList())
        .isEqualTo(names);
  }
}
