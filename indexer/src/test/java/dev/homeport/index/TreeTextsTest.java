package dev.homeport.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeport.search.tree.FileOpener;
import dev.homeport.workspace.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeTextsTest {
  @TempDir Path root;

  @Test
  void aCancelledReadIsNoMissingFile() throws Exception {
    Files.writeString(root.resolve("a.md"), "text");
    var texts = new TreeTexts(Workspace.open(root), Optional.empty());
    try (var opener = new FileOpener(root)) {
      Thread.currentThread().interrupt();

      assertThatThrownBy(() -> texts.read(opener, "a.md")).isInstanceOf(InterruptedException.class);
      assertThat(Thread.interrupted()).isFalse();
      assertThat(texts.read(opener, "a.md")).contains("text");
    }
  }
}
