package dev.homeport.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.server.cli.LauncherTree.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which JDK the launcher and the Maven wrapper take.
final class JdkRuleTest {
  private static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();

  private LauncherTree tree;

  @BeforeEach
  void makeTree(@TempDir Path home) throws IOException {
    tree = new LauncherTree(home);
  }

  @Test
  void namesTemurinInOneLineIfThereIsNone() throws Exception {
    tree.jdk("usr/lib/jvm/java-17", "17.0.15");

    Run run = tree.launch("stdio");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).hasLineCount(1).contains("JDK 25 or newer").contains("Temurin 25");
  }

  @Test
  void saysThatJavaHomeIsTooOldIfNothingBetterIsThere() throws Exception {
    Path old = tree.jdk("old", "1.8.0_402");

    Run run = tree.with("JAVA_HOME", old).launch("stdio");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).hasLineCount(1).contains("JAVA_HOME is " + old).contains("Temurin 25");
  }

  @Test
  void stopsIfTheJdkNamedForHomeportDoesNotFit() throws Exception {
    tree.jdk("usr/lib/jvm/temurin-25", "25.0.3");
    Path old = tree.jdk("old", "21.0.1");

    Run run = tree.with("HOMEPORT_JAVA_HOME", old).launch("stdio");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).hasLineCount(1).contains("HOMEPORT_JAVA_HOME is " + old);
  }

  @Test
  void takesTheFirstThatFits() throws Exception {
    Path usual = tree.jdk("usr/lib/jvm/temurin-25", "25.0.3");
    assertThat(javaOf(tree)).isEqualTo(usual);

    Path onPath = tree.jdk("on-path", "26");
    Files.createSymbolicLink(tree.home().resolve("bin/java"), Path.of("../on-path/bin/java"));
    assertThat(javaOf(tree)).isEqualTo(onPath);

    Path javaHome = tree.jdk("java-home", "25-ea");
    assertThat(javaOf(tree.with("JAVA_HOME", javaHome))).isEqualTo(javaHome);

    Path forHomeport = tree.jdk("for-homeport", "25.0.3");
    assertThat(javaOf(tree.with("HOMEPORT_JAVA_HOME", forHomeport))).isEqualTo(forHomeport);
  }

  @Test
  void passesOverAJavaHomeThatIsTooOldOrNoJdk() throws Exception {
    Path usual = tree.jdk(".sdkman/candidates/java/25.0.3-tem", "25.0.3");
    Path old = tree.jdk("old", "17.0.15");
    assertThat(javaOf(tree.with("JAVA_HOME", old))).isEqualTo(usual);

    Path runtime = tree.jdk("runtime", "25.0.3");
    Files.delete(runtime.resolve("bin/javac"));
    assertThat(javaOf(tree.with("JAVA_HOME", runtime))).isEqualTo(usual);
  }

  @Test
  void asksJavaWhereThereIsNoReleaseFile() throws Exception {
    Path jdk = tree.jdk("opt/jdk", "25.0.3");
    Files.delete(jdk.resolve("release"));
    LauncherTree.script(
        jdk.resolve("bin/java"),
        """
        #!/bin/sh
        if [ "$1" = -version ]; then
          echo 'Picked up JAVA_TOOL_OPTIONS: -Da=b' >&2
          echo 'openjdk version "25.0.1" 2025-10-21' >&2
        else
          echo "java of $(dirname "$0")"
        fi
        """);

    assertThat(javaOf(tree)).isEqualTo(jdk);
  }

  @Test
  void isUsedByTheMavenWrapper() throws Exception {
    assertThat(Files.readString(CHECKOUT.resolve("mvnw")))
        .as(
            "mvnw lost its preamble, probably by an update of the wrapper; put it back with%n"
                + "  sed -i '1r .mvn/mvnw-preamble.sh' mvnw")
        .startsWith("#!/bin/sh\n" + Files.readString(CHECKOUT.resolve(".mvn/mvnw-preamble.sh")));

    Path wrapper = tree.root().resolve("mvnw");
    Files.copy(CHECKOUT.resolve("mvnw"), wrapper, StandardCopyOption.REPLACE_EXISTING);
    Run run = LauncherTree.finish(tree.start(tree.home(), wrapper, "verify"));

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).hasLineCount(1).contains("Temurin 25");
  }

  private static Path javaOf(LauncherTree tree) throws Exception {
    Run run = tree.launch("version");
    assertThat(run.out()).as(run.err()).startsWith("java of ");
    String bin = run.out().lines().findFirst().orElseThrow().substring("java of ".length());
    return Path.of(bin).resolve("..").normalize();
  }
}
