package dev.homeport.sandbox.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;

@Tag("bubblewrap")
class KilledBubblewrapServerTest extends KilledServer {
  @Override
  String backend() {
    return "bubblewrap";
  }

  @Override
  String sleep() {
    return "4341";
  }

  @Override
  void assertNothingLeft(String instance) throws IOException {
    for (String controller : List.of("", "memory", "pids")) {
      Path groups = Path.of("/sys/fs/cgroup", controller);
      if (Files.isDirectory(groups)) {
        try (var found =
            Files.find(groups, 3, (file, _) -> file.toString().contains("homeport-" + instance))) {
          assertThat(found).isEmpty();
        }
      }
    }
  }
}
