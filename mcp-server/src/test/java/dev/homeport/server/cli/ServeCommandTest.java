package dev.homeport.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServeCommandTest {
  private static final String INITIALIZE =
      """
      {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"test","version":"1"}}}
      """;

  @TempDir private Path directory = Path.of("");

  @Test
  void servesUntilItIsToldToEnd() throws Exception {
    Process process = serve();
    try (BufferedReader err = process.errorReader()) {
      String line = firstLineWith(err, "http://127.0.0.1:");
      String url = line.substring(line.indexOf("http://")).split(" ", 2)[0];

      assertThat(post(url)).isEqualTo(200);
      process.toHandle().destroy(); // which, unlike that of the process, leaves its streams open
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(process.inputReader().readLine()).isNull();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void saysWhereTheMetricsAre() throws Exception {
    int port = freePort();
    Process process = serve("--set", "serve.metrics-port=" + port);
    try (BufferedReader err = process.errorReader();
        HttpClient client = HttpClient.newHttpClient()) {
      String url = "http://127.0.0.1:" + port + "/metrics";
      assertThat(firstLineWith(err, "metrics at ")).endsWith(url);

      String page =
          client
              .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
              .body();

      assertThat(page).contains("homeport_http_sessions 0.0", "homeport_workspaces 1.0");
    } finally {
      process.destroyForcibly();
    }
  }

  private Process serve(String... options) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "dev.homeport.server.Main",
                "serve",
                "--port",
                "0"));
    command.addAll(List.of(options));
    return new ProcessBuilder(command).directory(directory.toFile()).start();
  }

  private static int freePort() throws IOException {
    try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }

  private static String firstLineWith(BufferedReader reader, String part) throws IOException {
    String line = reader.readLine();
    while (line != null && !line.contains(part)) {
      line = reader.readLine();
    }
    assertThat(line).as("a line with " + part).isNotNull();
    return String.valueOf(line);
  }

  private static int post(String url) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url))
              .header("Content-Type", "application/json")
              .header("Accept", "application/json, text/event-stream")
              .POST(BodyPublishers.ofString(INITIALIZE))
              .build();
      HttpResponse<Void> response = client.send(request, BodyHandlers.discarding());
      return response.statusCode();
    }
  }

  @Test
  void tellsThatThePortIsTaken() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());

      CommandRun run = CommandRun.in(directory, "", "serve", "--port", port);

      assertThat(run.exit()).isEqualTo(1);
      assertThat(run.err()).contains(port + ": is the port taken? Choose another with --port");
    }
  }

  @Test
  void refusesWhatIsNoPort() {
    assertThat(CommandRun.in(directory, "", "serve", "--port", "70000").exit()).isEqualTo(2);
    assertThat(CommandRun.in(directory, "", "serve", "--port", "http").err())
        .hasLineCount(1)
        .contains("'http' is not an int");
  }
}
