package dev.homeport.sandbox.docker;

import dev.homeport.sandbox.files.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Unpacks Debian packages and all that they depend on into a directory, without running any of
/// their scripts.
final class DebianPackages {
  private static final List<String> BASICS =
      List.of(
          "base-files",
          "bash",
          "coreutils",
          "dash",
          "diffutils",
          "file",
          "findutils",
          "gawk",
          "git",
          "grep",
          "gzip",
          "jq",
          "make",
          "patch",
          "procps",
          "python3",
          "sed",
          "tar",
          "unzip",
          "util-linux",
          "xz-utils");

  /// Documentation and translations, which no command needs.
  private static final List<String> STRIPPED =
      List.of(
          "usr/share/doc",
          "usr/share/info",
          "usr/share/lintian",
          "usr/share/locale",
          "usr/share/man",
          "usr/share/bug");

  private DebianPackages() {}

  static List<String> withBasics(List<String> packages) {
    var all = new ArrayList<>(BASICS);
    all.addAll(packages);
    return all;
  }

  /// @param work a directory for what is only needed meanwhile
  static void install(List<String> packages, Path root, Path work, Consumer<String> progress)
      throws IOException, InterruptedException {
    progress.accept("downloading " + String.join(" ", packages));
    Path archives = download(packages, work);
    List<Path> files;
    try (var entries = Files.list(archives)) {
      files = entries.filter(file -> file.toString().endsWith(".deb")).sorted().toList();
    }
    progress.accept("unpacking %d packages".formatted(files.size()));
    for (Path file : files) {
      HostProgram.run(
          List.of(
              "sh",
              "-c",
              "dpkg-deb --fsys-tarfile \"$1\" | tar -x --keep-directory-symlink -C \"$2\"",
              "sh",
              file.toString(),
              root.toString()));
    }
    for (String path : STRIPPED) {
      Trees.delete(root.resolve(path));
    }
    link(root, "usr/bin/sh", "dash");
    link(root, "usr/bin/awk", "gawk");
  }

  /// Lets apt resolve dependencies as if nothing were installed.
  private static Path download(List<String> packages, Path work)
      throws IOException, InterruptedException {
    Path status = Files.createFile(work.resolve("status"));
    Path archives = work.resolve("archives");
    Files.createDirectories(archives.resolve("partial"));
    var argv =
        new ArrayList<>(
            List.of(
                "apt-get",
                "-qq",
                "--yes",
                "--no-install-recommends",
                "--download-only",
                "-o",
                "Dir::State::status=" + status,
                "-o",
                "Dir::Cache::archives=" + archives,
                "-o",
                "Debug::NoLocking=true",
                "-o",
                "APT::Sandbox::User=root",
                "install"));
    argv.addAll(packages);
    HostProgram.run(argv);
    return archives;
  }

  /// Makes a link that a package's script would have made.
  private static void link(Path root, String path, String target) throws IOException {
    Path link = root.resolve(path);
    if (!Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
      Files.createSymbolicLink(link, Path.of(target));
    }
  }
}
