package dev.homeport.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.homeport.server.cli.LauncherTree.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs the launcher itself, in a checkout whose Maven and JDK are fakes.
final class LauncherTest {
  private LauncherTree tree;

  @BeforeEach
  void makeTree(@TempDir Path home) throws IOException {
    tree = new LauncherTree(home);
  }

  @Nested
  final class Starting {
    @BeforeEach
    void installJdk() throws IOException {
      tree.jdk("usr/lib/jvm/temurin-25", "25.0.3");
    }

    @Test
    void buildsOnFirstUseAndBecomesJava() throws Exception {
      Run run = tree.launch("tools", "a b");

      assertThat(run.exit()).isEqualTo(7);
      assertThat(run.out()).startsWith("java of").endsWith("homeport.jar\ntools\na b\n");
      assertThat(run.err()).contains("building in").contains("output of Maven");
      assertThat(run.out()).doesNotContain("output of Maven");
    }

    @Test
    void buildsNoSecondTime() throws Exception {
      tree.launch("tools");

      Run run = tree.launch("tools");

      assertThat(run.err()).isEmpty();
      assertThat(tree.builds()).isEqualTo(1);
    }

    @Test
    void keepsJvmWarningsOffStandardOutput() throws Exception {
      assertThat(tree.launch("tools").out()).contains("-Xlog:disable\n-Xlog:all=warning:stderr\n");
    }

    @Test
    void startsJavaInUtf8WhateverTheLocale() throws Exception {
      assertThat(tree.with("LC_ALL", "C").launch("tools").out()).contains("locale C.UTF-8");
    }

    @Test
    void passesExtraOptionsToJava() throws Exception {
      assertThat(tree.with("HOMEPORT_JAVA_OPTS", "-Xmx9m -Da=b").launch("tools").out())
          .contains("-Xmx9m\n-Da=b\n");
    }

    @Test
    void worksThroughSymbolicLinksFromAnotherDirectory() throws Exception {
      Path elsewhere = Files.createDirectories(tree.home().resolve("else where"));
      Path absolute = Files.createSymbolicLink(tree.home().resolve("absolute"), tree.launcher());
      Path relative =
          Files.createSymbolicLink(elsewhere.resolve("homeport"), Path.of("../absolute"));

      for (Path script : List.of(tree.launcher(), absolute, relative, Path.of("homeport"))) {
        Run run = LauncherTree.finish(tree.start(elsewhere, script, "version"));

        assertThat(run.exit()).as(script + ": " + run.err()).isEqualTo(7);
        assertThat(run.out()).contains(tree.root() + "/.app/1/homeport.jar\nversion\n");
      }
    }

    @Test
    void speaksTheProtocolWhenStandardInputIsNoTerminal() throws Exception {
      assertThat(tree.launch().out()).endsWith("homeport.jar\nstdio\n");
      assertThat(tree.launch("--read-only").out()).endsWith("homeport.jar\nstdio\n--read-only\n");
      assertThat(tree.launch("--help").out()).endsWith("homeport.jar\n--help\n");
    }
  }

  @Nested
  final class Building {
    @BeforeEach
    void installJdk() throws IOException {
      tree.jdk("usr/lib/jvm/temurin-25", "25.0.3");
    }

    @Test
    void takesOneBuildForParallelFirstStarts() throws Exception {
      tree.addTool("flock");

      assertThatParallelStartsBuildOnce();
    }

    @Test
    void takesOneBuildForParallelFirstStartsWithoutFlock() throws Exception {
      assertThatParallelStartsBuildOnce();
    }

    private void assertThatParallelStartsBuildOnce() throws Exception {
      var processes = new ArrayList<Process>();
      for (int i = 0; i < 4; i++) {
        processes.add(tree.start(tree.home(), tree.launcher(), "stdio"));
      }

      for (Process process : processes) {
        assertThat(LauncherTree.finish(process).out()).endsWith("homeport.jar\nstdio\n");
      }
      assertThat(tree.builds()).isEqualTo(1);
    }

    @Test
    void removesTheLockOfAKilledBuild() throws Exception {
      Path lock = Files.createDirectories(tree.root().resolve(".app/lock.d"));
      Process dead = new ProcessBuilder("/bin/sh", "-c", ":").start();
      dead.waitFor();
      Files.writeString(lock.resolve("pid"), dead.pid() + "\n");

      assertThat(tree.launch("tools").exit()).isEqualTo(7);
    }

    @Test
    void buildsAgainWhenSourcesChanged() throws Exception {
      tree.launch("tools");
      tree.changeSource();

      Run run = tree.launch("tools");

      assertThat(tree.builds()).isEqualTo(2);
      assertThat(run.out()).contains("/.app/2/homeport.jar");
    }

    @Test
    void stdioRunsTheOldBuildAndWarnsWhenSourcesChanged() throws Exception {
      tree.launch("tools");
      tree.changeSource();

      Run run = tree.launch("stdio");

      assertThat(tree.builds()).isEqualTo(1);
      assertThat(run.out()).endsWith("/.app/1/homeport.jar\nstdio\n");
      assertThat(run.err()).contains("the sources changed since the build").hasLineCount(1);
    }

    @Test
    void runsOnWhenTheBuildDirectoryIsCleaned() throws Exception {
      tree.launch("tools");
      Files.delete(tree.root().resolve("mcp-server/target/homeport.jar"));

      assertThat(tree.launch("tools").exit()).isEqualTo(7);
      assertThat(tree.builds()).isEqualTo(1);
    }

    @Test
    void keepsTheThreeNewestBuilds() throws Exception {
      for (int i = 0; i < 5; i++) {
        tree.launch("tools");
        tree.changeSource();
      }

      assertThat(tree.root().resolve(".app/2")).doesNotExist();
      assertThat(tree.root().resolve(".app/3")).exists();
      assertThat(tree.root().resolve(".app/5")).exists();
    }

    @Test
    void stopsAtAFailedBuild() throws Exception {
      Files.createFile(tree.root().resolve("broken"));

      Run run = tree.launch("stdio");

      assertThat(run.exit()).isEqualTo(1);
      assertThat(run.out()).isEmpty();
      assertThat(run.err()).contains("does not compile").contains("homeport: the build failed");
    }
  }

  @Nested
  final class StartUpCache {
    private Path jdk;

    @BeforeEach
    void installJdk() throws IOException {
      jdk = tree.jdk("usr/lib/jvm/temurin-25", "25.0.3");
    }

    @Test
    void isMadeBeforeInit() throws Exception {
      Run run = tree.launch("init");

      assertThat(run.out()).contains("-XX:AOTCache=" + tree.home() + "/cache/homeport/aot/");
      assertThat(jdk.resolve("session")).content().contains("\"initialize\"");
      assertThat(tree.launch("tools").out()).contains("-XX:AOTCache=");
      assertThat(trainings()).isEqualTo(1);
    }

    @Test
    void isVerifiedOnlyIfItWasWrittenToSinceItWasMade() throws Exception {
      tree.launch("init");
      assertThat(tree.launch("tools").out()).doesNotContain("VerifySharedSpaces");

      try (var files = Files.list(tree.home().resolve("cache/homeport/aot"))) {
        Path cache =
            files.filter(file -> file.toString().endsWith(".aot")).findFirst().orElseThrow();
        Files.setLastModifiedTime(cache, FileTime.from(Instant.now().plusSeconds(5)));
      }

      assertThat(tree.launch("tools").out()).contains("-XX:+VerifySharedSpaces");
    }

    @Test
    void isMadeOnceInTheBackgroundAfterStdioStarts() throws Exception {
      tree.addTool("flock");
      tree.launch("version");
      var processes = new ArrayList<Process>();
      for (int i = 0; i < 3; i++) {
        processes.add(tree.start(tree.home(), tree.launcher(), "stdio"));
      }

      for (Process process : processes) {
        assertThat(LauncherTree.finish(process).out()).doesNotContain("-XX:AOTCache=");
      }
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> tree.launch("version").out().contains("-XX:AOTCache="));
      assertThat(trainings()).isEqualTo(1);
    }

    @Test
    void leavesTheLogOfAFailedAttempt() throws Exception {
      LauncherTree.script(jdk.resolve("bin/java"), "#!/bin/sh\necho no cache here\n");

      assertThat(tree.launch("init").exit()).isZero();

      try (var files = Files.list(tree.home().resolve("cache/homeport/aot"))) {
        assertThat(files.filter(file -> file.toString().endsWith(".failed")))
            .singleElement()
            .satisfies(log -> assertThat(log).content().contains("no cache here"));
      }
    }

    @Test
    void isNotMissedWhereNoneCanBeWritten() throws Exception {
      Path file = Files.createFile(tree.home().resolve("a file"));

      Run run = tree.with("XDG_CACHE_HOME", file).launch("init");

      assertThat(run.exit()).isEqualTo(7);
      assertThat(run.out()).doesNotContain("-XX:AOTCache=");
    }

    private long trainings() throws IOException {
      return Files.readAllLines(jdk.resolve("trainings")).size();
    }
  }
}
