package dev.homeport.server.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.server.node.NodeEngine;
import dev.homeport.server.transport.HttpTransport;
import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// The official conformance suite against our HTTP transport with the suite's fixtures behind it.
///
/// What the suite runs but does not apply to Homeport is listed in `docs/conformance.md`.
@Tag("node")
class ConformanceTest {
  private static final String SUITE =
      "node_modules/@modelcontextprotocol/conformance/dist/index.js";

  @TempDir Path results;

  @Test
  void passesEveryServerScenarioOfRevision20251125() throws Exception {
    try (var http = new HttpTransport(0)) {
      var server =
          McpServer.sync(http.provider())
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

      NodeEngine.Run run =
          NodeEngine.run(
              SUITE,
              "server",
              "--url",
              "http://localhost:" + http.port() + HttpTransport.ENDPOINT,
              "--requirements",
              "2025-11-25",
              "-o",
              results.toString());
      server.close();

      System.err.println(run.output());
      assertThat(run.exitCode()).as(run.output()).isZero();
      assertThat(run.output()).contains("server-initialize", "dns-rebinding-protection");
    }
  }
}
