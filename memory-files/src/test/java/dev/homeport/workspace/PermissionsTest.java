package dev.homeport.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeport.workspace.WorkspaceException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a user may not do, who is never root here: as root these run in a child process of nobody.
@Timeout(60)
class PermissionsTest {
  @TempDir Path temporary;
  Path root;

  @BeforeEach
  void make() throws IOException {
    permit(temporary, "rwxrwxrwx");
    root = Files.createDirectory(temporary.resolve("root"));
    permit(root, "rwxrwxrwx");
    Files.writeString(root.resolve("file"), "old");
  }

  @AfterEach
  void makeDeletable() throws IOException {
    permit(root, "rwxrwxrwx");
  }

  private static void permit(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  private String writeAs(String path) throws IOException, InterruptedException {
    return child("write", path);
  }

  private String child(String command, String path) throws IOException, InterruptedException {
    Path classes = Files.createDirectory(temporary.resolve("classes"));
    permit(classes, "rwxr-xr-x");
    return ChildJvm.output(
            ChildJvm.startUnprivileged(
                classes, WorkspaceChild.class, command, root.toString(), path))
        .strip();
  }

  @Test
  void saysThatAWorkspaceIsReadOnly() throws Exception {
    permit(root, "r-xr-xr-x");

    assertThat(writeAs("file"))
        .startsWith("DENIED The file system does not allow this for the workspace")
        .doesNotContain(temporary.toString());
    assertThat(root.resolve("file")).hasContent("old");
  }

  @Test
  void keepsASessionInMemoryWhereTheWorkspaceIsReadOnly() throws Exception {
    permit(root, "r-xr-xr-x");

    assertThat(child("session", "file")).isEqualTo("same");
    assertThat(root.resolve(".homeport")).doesNotExist();
  }

  @Test
  void saysThatADirectoryIsReadOnly() throws Exception {
    Path directory = Files.createDirectory(root.resolve("d"));
    permit(directory, "r-xr-xr-x");

    assertThat(writeAs("d/file"))
        .startsWith("DENIED The file system does not allow this for d/file")
        .doesNotContain(temporary.toString());
  }

  @Test
  void saysThatADirectoryCannotBeEntered() throws Exception {
    Path directory = Files.createDirectory(root.resolve("d"));
    permit(directory, "---------");

    assertThat(writeAs("d/file")).startsWith("DENIED").doesNotContain(temporary.toString());
    permit(directory, "rwxrwxrwx");
  }

  @Test
  void writesWhereItMay() throws Exception {
    assertThat(writeAs("new/file")).isEqualTo("written");
    assertThat(root.resolve("new/file")).hasContent("written");
  }

  @Test
  void leavesAWriteProtectedFileAloneEvenAsRoot() throws IOException {
    permit(root.resolve("file"), "r--r--r--");
    var workspace = Workspace.open(root);

    assertThatThrownBy(() -> workspace.write(workspace.path("file"), new byte[0]))
        .isInstanceOfSatisfying(
            WorkspaceException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DENIED));
    assertThat(root.resolve("file")).hasContent("old");
    assertThat(root).isDirectoryNotContaining("glob:**tmp*");
  }
}
