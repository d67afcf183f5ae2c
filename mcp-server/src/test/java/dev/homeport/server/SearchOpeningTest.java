package dev.homeport.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchOpeningTest {
  @TempDir private Path directory;
  private Path root;
  private UserDirectories user;
  private SearchOpening search;

  @BeforeEach
  void place() throws Exception {
    root = Files.createDirectory(directory.resolve("workspace")).toRealPath();
    user = UserDirectories.of(Map.of(), directory);
    search = new SearchOpening(ServerConfig.of(root), user);
  }

  @AfterEach
  void close() {
    search.close();
  }

  @Test
  void opensAnIndexThatIsThere() throws Exception {
    Files.createDirectories(user.trigrams(root));

    search.begin();

    assertThat(search.indexed().opened()).isPresent();
    assertThat(search.files().opened()).isPresent();
  }

  @Test
  void opensNothingWhereNobodyEverSearched() {
    search.begin();

    assertThat(search.indexed().opened()).isEmpty();
    assertThat(search.files().opened()).isEmpty();
    assertThat(user.trigrams(root)).doesNotExist();
  }

  @Test
  void leavesAFailureToWhoeverSearches() throws Exception {
    Files.delete(root);

    search.begin();

    assertThat(search.indexed().opened()).isEmpty();
  }
}
