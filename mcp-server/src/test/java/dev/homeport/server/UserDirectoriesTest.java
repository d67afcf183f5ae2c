package dev.homeport.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UserDirectoriesTest {
  private static final Path ENTRY = Path.of("/home/entry");

  @Test
  void takesHomeBeforeTheUserDatabase() {
    assertThat(UserDirectories.of(Map.of("HOME", "/h"), ENTRY))
        .isEqualTo(
            new UserDirectories(
                Path.of("/h"), Path.of("/h/.cache/homeport"), Path.of("/h/.local/state/homeport")));
    assertThat(UserDirectories.of(Map.of(), ENTRY).home()).isEqualTo(ENTRY);
  }

  @Test
  void ignoresVariablesThatAreNoAbsolutePath() {
    var environment = Map.of("XDG_CACHE_HOME", "", "XDG_STATE_HOME", "state", "HOME", ".");

    assertThat(UserDirectories.of(environment, ENTRY))
        .isEqualTo(
            new UserDirectories(
                ENTRY, ENTRY.resolve(".cache/homeport"), ENTRY.resolve(".local/state/homeport")));
  }

  @Test
  void takesTheDirectoriesOfTheSpecification() {
    var environment = Map.of("XDG_CACHE_HOME", "/c", "XDG_STATE_HOME", "/s");

    assertThat(UserDirectories.of(environment, ENTRY))
        .isEqualTo(new UserDirectories(ENTRY, Path.of("/c/homeport"), Path.of("/s/homeport")));
  }
}
