package dev.homeport.server.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.server.mcp.McpServers;
import dev.homeport.server.protocol.Changes;
import dev.homeport.server.protocol.Methods;
import dev.homeport.server.protocol.ServerCard;
import dev.homeport.server.protocol.Surface;
import dev.homeport.server.protocol.Topic;
import dev.homeport.server.transport.Admission;
import dev.homeport.server.transport.HttpLane;
import dev.homeport.server.transport.HttpSettings;
import dev.homeport.server.transport.HttpTransport;
import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// The official conformance suite against our HTTP transport with the suite's fixtures behind it.
///
/// What the suite runs but does not apply to Homeport is listed in `docs/conformance.md`.
@Tag("node")
class ConformanceTest {
  private static final Surface NOTHING =
      new Surface(new ServerCard("1", Set.of(), Map.of(), () -> ""), Methods.NONE, new Changes());

  @TempDir Path results;

  @Test
  void passesEveryServerScenarioOfRevision20251125() throws Exception {
    var lane = new HttpLane(NOTHING);
    try (var http = new HttpTransport(HttpSettings.loopback(0), Admission.open(lane))) {
      var server =
          McpServer.sync(lane.provider())
              .serverInfo("homeport-fixtures", "1")
              .capabilities(
                  ServerCapabilities.builder()
                      .tools(true)
                      .resources(true, true)
                      .prompts(true)
                      .completions()
                      .logging()
                      .build())
              .jsonMapper(new JacksonMcpJsonMapper(JsonMapper.shared()))
              .immediateExecution(true)
              .tools(FixtureTools.all())
              .resources(FixtureResources.resources())
              .resourceTemplates(FixtureResources.templates())
              .prompts(FixtureResources.prompts())
              .completions(FixtureResources.completions())
              .build();
      http.start();

      String output = ConformanceSuite.pass(http, results, "--requirements", "2025-11-25");
      server.close();

      assertThat(output).contains("server-initialize", "dns-rebinding-protection");
    }
  }

  @Test
  void passesEveryScoredServerScenarioOfRevision20260728() throws Exception {
    var changes = new Changes();
    var card = new ServerCard("1", EnumSet.allOf(Topic.class), Map.of(), () -> "");
    var surface = new Surface(card, new ModernFixtures(changes), changes);
    var lane = new HttpLane(surface);
    McpServers.start(lane.provider(), surface);
    try (var http = new HttpTransport(HttpSettings.loopback(0), Admission.open(lane))) {
      http.start();

      String output = ConformanceSuite.pass(http, results, "--requirements", "2026-07-28");

      assertThat(output).contains("server-stateless", "input-required-result-multi-round");
    }
  }
}
