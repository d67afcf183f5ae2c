package dev.homeport.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeport.server.config.Config;
import dev.homeport.server.config.ConfigKey;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerOptionsTest {
  @TempDir Path directory;

  private List<ConfigKey> logs(Map<String, String> environment) throws CommandException {
    var nowhere = new PrintStream(new ByteArrayOutputStream(), true, UTF_8);
    var surroundings =
        new Surroundings(
            InputStream.nullInputStream(),
            nowhere,
            nowhere,
            environment,
            directory,
            directory,
            Optional.empty(),
            Optional.empty());
    Config config = ServerArguments.plain(List.of()).orElseThrow().config(surroundings).config();
    return Stream.of(ConfigKey.SESSION_HASH_CHAIN, ConfigKey.LOG_TOOL_CALLS)
        .filter(config::isOn)
        .toList();
  }

  @Test
  void theEnvironmentSwitchesOnWhatSessionLogsHold() throws CommandException {
    assertThat(logs(Map.of())).isEmpty();
    assertThat(logs(Map.of("HOMEPORT_SESSION_HASH_CHAIN", "true")))
        .containsExactly(ConfigKey.SESSION_HASH_CHAIN);
    assertThat(
            logs(Map.of("HOMEPORT_LOG_TOOL_CALLS", "true", "HOMEPORT_SESSION_HASH_CHAIN", "false")))
        .containsExactly(ConfigKey.LOG_TOOL_CALLS);
    assertThatThrownBy(() -> logs(Map.of("HOMEPORT_LOG_TOOL_CALLS", "yes")))
        .isInstanceOf(CommandException.class)
        .hasMessage("HOMEPORT_LOG_TOOL_CALLS is 'yes', but must be true or false");
  }
}
