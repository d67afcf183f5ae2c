package dev.homeport.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.server.Main;
import dev.homeport.server.transport.ServerProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What only `serve` needs is not loaded by `stdio`, whose start it would delay.
@Timeout(120)
class StdioClassesTest {
  @TempDir Path directory;

  @Test
  void loadsNothingOfHttpOfIdentitiesOrOfMetrics() throws Exception {
    Path log = directory.resolve("classes.log");
    Path workspace = Files.createDirectory(directory.resolve("workspace"));
    try (var server =
        ServerProcess.start(
            Map.of(
                "JAVA_TOOL_OPTIONS", "-Xlog:class+load:file=" + log, "HOME", directory.toString()),
            Main.class,
            "stdio",
            "--workspace",
            workspace.toString())) {
      server.handshake();
      server.call(1, "write_file", Map.of("path", "a.md", "content", "a"));
      assertThat(server.receive().toString()).contains("\"isError\":false");
      assertThat(server.end()).isZero();
    }

    List<String> classes = Files.readAllLines(log);
    assertThat(classes).hasSizeGreaterThan(500);
    assertThat(classes)
        .noneMatch(line ->
            line.contains("com.nimbusds.")
                || line.contains("org.apache.catalina.")
                || line.contains("jakarta.servlet.")
                || line.contains("io.micrometer.core.")
                || line.contains("io.micrometer.prometheusmetrics.")
                || line.contains("io.prometheus.")
                || line.contains("dev.homeport.server.identity.")
                || line.contains("dev.homeport.server.metrics.")
                || line.contains("dev.homeport.server.Tenant"));
  }
}
