package dev.homeport.sandbox.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.sandbox.WorkspacePolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HiddenFilesTest {
  @TempDir Path root;

  private void write(String path) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "x");
  }

  private List<String> find(HiddenFiles files) throws IOException {
    return files.find().stream().map(Object::toString).toList();
  }

  @Test
  void findsSecretsButDoesNotEnterWhatIsHidden() throws IOException {
    write(".env");
    write("a/b/x.pem");
    write(".homeport/memory/.env");
    write("a/.env/bin/python");

    assertThat(find(new HiddenFiles(root, WorkspacePolicy.DEFAULT)))
        .containsExactly(".env", ".homeport", "a/b/x.pem");
  }

  @Test
  void findsWhatAppearsInADirectoryThatItKnows() throws IOException {
    write("a/b/Main.java");
    var files = new HiddenFiles(root, WorkspacePolicy.DEFAULT);
    assertThat(find(files)).isEmpty();
    Files.setLastModifiedTime(root.resolve("a/b"), FileTime.from(Instant.now().minusSeconds(60)));
    assertThat(find(files)).isEmpty();

    write("a/b/id_rsa");
    write("a/new/.env");

    assertThat(find(files)).containsExactly("a/b/id_rsa", "a/new/.env");
  }

  @Test
  void forgetsWhatIsGone() throws IOException {
    write("a/.env");
    var files = new HiddenFiles(root, WorkspacePolicy.DEFAULT);
    assertThat(find(files)).containsExactly("a/.env");

    Trees.delete(root.resolve("a"));

    assertThat(find(files)).isEmpty();
  }
}
