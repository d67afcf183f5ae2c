package dev.homeport.server.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.server.node.NodeEngine;
import dev.homeport.server.transport.HttpTransport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The conformance suite of MCP, as npm has it.
final class ConformanceSuite {
  private static final String SUITE =
      "node_modules/@modelcontextprotocol/conformance/dist/index.js";

  private ConformanceSuite() {}

  /// Runs a part of the suite on a server, which must pass.
  ///
  /// @param results a directory for the suite's records
  /// @param selection the options that say which part
  /// @return what the suite printed
  static String pass(HttpTransport server, Path results, String... selection) throws Exception {
    String url = "http://localhost:" + server.port() + HttpTransport.ENDPOINT;
    var arguments = new ArrayList<>(List.of("server", "--url", url, "-o", results.toString()));
    arguments.addAll(List.of(selection));
    NodeEngine.Run run = NodeEngine.run(SUITE, arguments.toArray(String[]::new));
    System.err.println(run.output());
    assertThat(run.exitCode()).as(run.output()).isZero();
    return run.output();
  }
}
