package dev.homeport.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.server.config.Config;
import dev.homeport.server.tool.ToolRegistry;
import dev.homeport.server.tool.ToolResult;
import dev.homeport.server.tool.Toolset;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// A server for a workspace full of traps, and a secret outside of it.
///
/// The traps stand in every directory that tools take paths in. The user's directories are beside
/// the workspace, so that no attack can touch those of whoever runs the test.
final class AttackGround implements AutoCloseable {
  static final String SECRET = "the-secret-outside";

  /// How long one call may take.
  private static final int LIMIT_SECONDS = 20;

  private static final String SKILL =
      "---\nname: probe\ndescription: A skill to read files of\n---\nNothing.\n";

  final Path workspace;
  final Path outside;
  final Path evil;
  private final Path temporary;
  private final List<Path> trapped;
  private final Homeport homeport;
  private final ExecutorService calls =
      Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("call-", 0).factory());
  private Map<Path, String> untouched = Map.of();

  AttackGround(Path directory) throws IOException, InterruptedException {
    temporary = directory.toRealPath();
    workspace = temporary.resolve("ws");
    outside = temporary.resolve("outside");
    evil = temporary.resolve("ws_evil");
    Path home = temporary.resolve("home");
    trapped =
        List.of(
            workspace,
            workspace.resolve(".homeport/memory"),
            workspace.resolve(".homeport/results"),
            workspace.resolve(".homeport/sessions"),
            workspace.resolve(".planning"),
            workspace.resolve(".claude/skills/probe"),
            home.resolve(".homeport/memory"));
    file(outside.resolve("secret.txt"), SECRET);
    file(outside.resolve("hard.txt"), "one file, several names\n");
    file(outside.resolve("CLAUDE.md"), SECRET);
    file(evil.resolve("secret.txt"), SECRET);
    plant();
    file(workspace.resolve(".claude/skills/probe/SKILL.md"), SKILL);
    remember();
    homeport =
        Homeport.open(
            new ServerConfig(
                workspace,
                new ToolRegistry.Selection(
                    EnumSet.complementOf(EnumSet.of(Toolset.SANDBOX)), false),
                Config.defaults()),
            new UserDirectories(home, home.resolve("cache"), home.resolve("state")));
  }

  static void file(Path file, String content) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  /// Puts every trap where it is missing, and takes away the facts that attacks before have made,
  /// which hold the paths that they named.
  void plant() throws IOException, InterruptedException {
    forgetVersions();
    for (Path directory : trapped) {
      if (directory.endsWith("memory") && Files.exists(directory)) {
        forgetFacts(directory);
      }
      restore(directory.resolve("inside"));
      file(directory.resolve("inside/ok.txt"), "one line here\n");
      file(directory.resolve("source"), "to be moved\n");
      links(directory);
      specials(directory);
      if (isMissing(directory.resolve("hard"))) {
        Files.createLink(directory.resolve("hard"), outside.resolve("hard.txt"));
      }
    }
  }

  /// What earlier attacks wrote, with the paths of the host that they gave, is no leak of this one.
  private void forgetVersions() throws IOException {
    Path versions = workspace.resolve(".homeport/versions");
    if (Files.isDirectory(versions, LinkOption.NOFOLLOW_LINKS)) {
      try (var all = Files.walk(versions)) {
        for (Path entry : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(entry);
        }
      }
    }
  }

  private static void forgetFacts(Path memory) throws IOException {
    try (var facts = Files.newDirectoryStream(memory, "*.md")) {
      for (Path fact : facts) {
        Files.delete(fact);
      }
    }
  }

  private static void restore(Path directory) throws IOException {
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      Files.deleteIfExists(directory);
      Files.createDirectories(directory);
    }
  }

  private static boolean isMissing(Path path) {
    return !Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  private void links(Path directory) throws IOException {
    link(directory, "link-dir", outside);
    link(directory, "link-file", outside.resolve("secret.txt"));
    link(directory, "link-relative", directory.relativize(outside));
    link(directory, "link-dangling", outside.resolve("made-by-the-attack"));
    link(directory, "link-chain", Path.of("link-dir"));
    link(directory, "link-loop", Path.of("link-loop"));
    link(directory, "loop-a", Path.of("loop-b"));
    link(directory, "loop-b", Path.of("loop-a"));
    link(directory, "link-up", Path.of(".."));
    link(directory, "link-root", Path.of("/"));
    link(directory, "link-proc", Path.of("/proc/self/root"));
    link(directory, "link-zero", Path.of("/dev/zero"));
    link(directory, "link-stdin", Path.of("/proc/self/fd/0"));
    link(directory, "link-inside", Path.of("inside"));
    link(directory, "link-evil", evil);
    link(directory.resolve("inside"), "deep-link", outside);
  }

  private static void link(Path directory, String name, Path target) throws IOException {
    Path link = directory.resolve(name);
    if (!Files.isSymbolicLink(link)) {
      Files.deleteIfExists(link);
      Files.createSymbolicLink(link, target);
    }
  }

  private static void specials(Path directory) throws IOException, InterruptedException {
    if (isMissing(directory.resolve("pipe"))) {
      run("mkfifo", directory.resolve("pipe").toString());
    }
    if (isMissing(directory.resolve("inside/pipe"))) {
      run("mkfifo", directory.resolve("inside/pipe").toString());
    }
    if (isMissing(directory.resolve("device"))) {
      boolean isRoot = System.getProperty("user.name").equals("root");
      String device = directory.resolve("device").toString();
      run(isRoot ? new String[] {"mknod", device, "c", "1", "5"} : new String[] {"mkfifo", device});
    }
    if (isMissing(directory.resolve("socket"))) {
      try (var socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
        socket.bind(UnixDomainSocketAddress.of(directory.resolve("socket")));
      }
    }
  }

  private static void run(String... command) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }

  /// Takes what is outside now as what must stay.
  void remember() throws IOException {
    untouched = everythingOutside();
  }

  private Map<Path, String> everythingOutside() throws IOException {
    var found = new TreeMap<Path, String>();
    for (Path root : List.of(outside, evil)) {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
              found.put(path, "directory");
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes)
                throws IOException {
              found.put(path, attributes.lastModifiedTime() + " " + Files.readString(path));
              return FileVisitResult.CONTINUE;
            }
          });
    }
    return found;
  }

  /// Fails if anything outside was made, changed or deleted.
  void assertNothingEscaped(String what) throws IOException {
    assertThat(everythingOutside()).as(what).isEqualTo(untouched);
  }

  /// Makes a call, which must end in time, tell no secret and name no path of the host but those
  /// that the caller gave.
  ToolResult call(Probe probe) throws Exception {
    var context = homeport.context("attacker", Map.of(), (_, _, _) -> {});
    ToolResult result =
        calls
            .submit(() -> homeport.tools().call(probe.tool(), probe.arguments(), context))
            .get(LIMIT_SECONDS, TimeUnit.SECONDS);
    String answer = result.text() + result.meta() + result.structured() + result.images();
    assertThat(answer)
        .as("%s", probe)
        .doesNotContain(SECRET)
        .doesNotContain("failed on the server's disk");
    String given = probe.arguments().toString();
    for (String marker :
        List.of(
            temporary.toString(),
            "/tmp/",
            "/root/",
            "/home/",
            "/proc/",
            "/dev/",
            "/etc/",
            "/work/")) {
      if (!given.contains(marker)) {
        assertThat(answer).as("%s", probe).doesNotContain(marker);
      }
    }
    return result;
  }

  @Override
  public void close() {
    calls.shutdownNow();
    homeport.close();
  }
}
