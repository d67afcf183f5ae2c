package dev.homeport.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspacePath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
  @TempDir Path directory;
  private Glob glob;

  @BeforeEach
  void makeTree() throws Exception {
    glob = Glob.over(Workspace.open(directory));
    for (String path :
        List.of(
            "A.java",
            "src/B.java",
            "src/main/C.java",
            "src/main/d.txt",
            ".github/ci.yml",
            "out/E.java")) {
      Files.createDirectories(directory.resolve(path).getParent());
      Files.writeString(directory.resolve(path), path);
    }
    Files.writeString(directory.resolve(".ignore"), "out/\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "*.java A.java,src/B.java,src/main/C.java",
        "**/*.java A.java,src/B.java,src/main/C.java",
        "** A.java,src/B.java,src/main/C.java,src/main/d.txt",
        "/*.java A.java",
        "src/*.java src/B.java",
        "src/**/*.java src/B.java,src/main/C.java",
        "src/** src/B.java,src/main/C.java,src/main/d.txt",
        "[!A]*.java src/B.java,src/main/C.java",
        "*.{txt,java} A.java,src/B.java,src/main/C.java,src/main/d.txt",
        ".github/** .github/ci.yml",
        "?.txt src/main/d.txt"
      })
  void listsWhatMatches(String pattern, String expected) throws Exception {
    assertThat(paths(GlobRequest.of(pattern))).containsExactly(expected.split(","));
  }

  @Test
  void matchesPathsFromTheDirectoryOfTheScope() throws Exception {
    var scope = FileScope.WORKSPACE.below(WorkspacePath.parse("src"));

    assertThat(paths(new GlobRequest("main/*", scope, FileOrder.PATH, Page.ALL)))
        .containsExactly("src/main/C.java", "src/main/d.txt");
  }

  @Test
  void listsTheLastChangedFirstAndInPages() throws Exception {
    Files.setLastModifiedTime(directory.resolve("A.java"), FileTime.from(Instant.EPOCH));
    Files.setLastModifiedTime(
        directory.resolve("src/B.java"), FileTime.from(Instant.EPOCH.plusSeconds(1)));

    var request = new GlobRequest("*.java", FileScope.WORKSPACE, FileOrder.MODIFIED, Page.first(2));
    var files = (GlobOutcome.Files) glob.list(request);

    assertThat(files.files())
        .extracting(FoundFile::path)
        .containsExactly("src/main/C.java", "src/B.java");
    assertThat(files.total()).isEqualTo(3);
    assertThat(files.nextOffset()).hasValue(2);
    assertThat(files.skipped().ignored()).isEqualTo(1);
  }

  @Test
  void saysWhatIsWrongWithAGlob() throws Exception {
    assertThat(glob.list(GlobRequest.of("a{b")))
        .isInstanceOfSatisfying(
            GlobOutcome.BadScope.class, bad -> assertThat(bad.problem()).contains("{ without }"));
  }

  private List<String> paths(GlobRequest request) throws Exception {
    return ((GlobOutcome.Files) glob.list(request)).files().stream().map(FoundFile::path).toList();
  }
}
