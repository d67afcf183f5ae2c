package dev.homeport.search.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FileGlobTest {
  private static final List<String> PATHS =
      List.of(
          "a",
          "a.c",
          "b/a.c",
          "b/c/a.h",
          "Makefile",
          "b/Makefile.in",
          "é.c",
          "b/é",
          ".c",
          "b/,",
          "}",
          "b/x}",
          "a.tar.gz",
          "[x].md",
          "b/*",
          "a,b");

  private static final List<String> GLOBS =
      List.of(
          "*.c",
          "*",
          "**",
          "b/**",
          "Makefile",
          "**/Makefile*",
          "*.{c,h}",
          "{a,b}.c",
          "**/a.{c,h}",
          "*.{c,}",
          "*é",
          "?.c",
          "[x].md",
          "\\[x\\].md",
          "*\\}",
          "{a.c,b/*}",
          "*{.{c,h},x}",
          "a,b",
          "*.tar.*",
          "b/c/*.h",
          "./b/*.c",
          "/a.c",
          "*,",
          "*[}]");

  @Test
  void passesEachNameWhosePathMatches() throws Exception {
    for (String text : GLOBS) {
      FileGlob glob = FileGlob.compile(text);
      for (String path : PATHS) {
        byte[] name = path.substring(path.lastIndexOf('/') + 1).getBytes(StandardCharsets.UTF_8);
        boolean mayMatch = glob.mayMatch(name, 0, name.length);
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
          mayMatch &= glob.mayMatchBelow(path.substring(0, slash + 1));
        }
        assertThat(mayMatch || !glob.matches(path)).as("%s %s", text, path).isTrue();
      }
    }
  }

  @Test
  void stopsNamesWithAnotherEnding() throws Exception {
    byte[] name = "x/a.h".getBytes(StandardCharsets.UTF_8);

    assertThat(FileGlob.compile("src/**/*.{c,cc}").mayMatch(name, 2, name.length)).isFalse();
    assertThat(FileGlob.compile("src/**/*.{c,h}").mayMatch(name, 2, name.length)).isTrue();
    assertThat(FileGlob.compile("*xa.h").mayMatch(name, 2, name.length)).isFalse();
  }

  @Test
  void stopsDirectoriesThatNoMatchBeginsWith() throws Exception {
    FileGlob glob = FileGlob.compile("src/main/**/*.c");

    assertThat(glob.mayMatchBelow("")).isTrue();
    assertThat(glob.mayMatchBelow("src/")).isTrue();
    assertThat(glob.mayMatchBelow("src/main/deep/")).isTrue();
    assertThat(glob.mayMatchBelow("src/test/")).isFalse();
    assertThat(glob.mayMatchBelow("srcs/")).isFalse();
  }
}
