package dev.homeport.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.homeport.fuzz.FuzzInput;
import dev.homeport.fuzz.MemoryDirectory;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Any text as a path of a workspace, as one name, and as a path of the memory.
class PathFuzzTest {
  private static final Path HOST = Path.of("/root/of/workspace");

  @TempDir(factory = MemoryDirectory.class)
  Path temporary;

  MemoryTrees trees;

  @BeforeEach
  void open() throws IOException {
    trees =
        new MemoryTrees(
            Workspace.open(Files.createDirectory(temporary.resolve("project"))),
            Workspace.open(Files.createDirectory(temporary.resolve("user"))));
  }

  @FuzzTest
  void path(byte[] input) throws Exception {
    String text = FuzzInput.text(input);

    asWorkspacePath(text);
    asName(text);
    asMemoryPath(text);
    asMemoryPath("/memories/" + text);
  }

  private static void asWorkspacePath(String text) throws WorkspaceException {
    Optional<List<String>> expected = PathModel.workspace(text);
    WorkspacePath path;
    try {
      path = WorkspacePath.parse(text);
    } catch (WorkspaceException e) {
      assertThat(expected).isEmpty();
      assertSaysWhy(e);
      return;
    }
    assertThat(Optional.of(path.segments())).isEqualTo(expected);
    assertThat(WorkspacePath.parse(path.toString())).isEqualTo(path);
    Path onHost = HOST.resolve(path.toString()).normalize();
    assertThat(onHost.startsWith(HOST)).isTrue();
    assertThat(onHost.getNameCount() - HOST.getNameCount()).isEqualTo(path.segments().size());
  }

  private static void asName(String text) {
    try {
      WorkspacePath path = WorkspacePath.ROOT.child(text);
      assertThat(PathModel.isName(text)).isTrue();
      assertThat(path.name()).isEqualTo(text);
      assertThat(path.parent()).isEqualTo(WorkspacePath.ROOT);
    } catch (WorkspaceException e) {
      assertThat(PathModel.isName(text)).isFalse();
      assertSaysWhy(e);
    }
  }

  private static void assertSaysWhy(WorkspaceException e) {
    assertThat(e.kind()).isEqualTo(WorkspaceException.Kind.BAD_PATH);
    assertThat(String.valueOf(e.getMessage()))
        .hasSizeBetween(20, 2_000)
        .matches(text -> text.codePoints().noneMatch(PathModel::isForbidden));
  }

  private void asMemoryPath(String text) throws RefusedException {
    Optional<List<String>> expected = PathModel.memory(text);
    MemoryPath path;
    try {
      path = trees.parse(text);
    } catch (RefusedException e) {
      assertThat(expected).isEmpty();
      assertThat(e.getMessage()).isNotBlank();
      return;
    }
    List<String> names = expected.orElseThrow();
    boolean isUsers = !names.isEmpty() && names.getFirst().equals("user");
    assertThat(path.tree()).isEqualTo(isUsers ? trees.user().orElseThrow() : trees.project());
    assertThat(path.file().startsWith(path.tree().base())).isTrue();
    assertThat(path).hasToString(names.isEmpty() ? "/memories" : "/memories/" + joined(names));
    assertThat(trees.parse(path.toString())).isEqualTo(path);
  }

  private static String joined(List<String> names) {
    return String.join("/", names);
  }
}
