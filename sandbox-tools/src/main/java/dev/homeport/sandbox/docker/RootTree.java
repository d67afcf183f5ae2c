package dev.homeport.sandbox.docker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The root of an image before anything is installed: directories, links into `/usr`, accounts.
final class RootTree {
  private RootTree() {}

  static void make(Path root) throws IOException {
    for (String path :
        List.of(
            "etc/alternatives",
            "etc/ssl/certs",
            "home/sandbox",
            "proc",
            "sys",
            "dev",
            "run",
            "tmp",
            "var",
            "workspace")) {
      Files.createDirectories(root.resolve(path));
    }
    for (String name : List.of("bin", "sbin", "lib", "lib64")) {
      Files.createDirectories(root.resolve("usr").resolve(name));
      Files.createSymbolicLink(root.resolve(name), Path.of("usr", name));
    }
    Files.createSymbolicLink(root.resolve("var/tmp"), Path.of("/tmp"));
    write(
        root,
        "etc/passwd",
        "root:x:0:0::/:/bin/sh\nsandbox:x:1000:1000::/home/sandbox:/bin/bash\n");
    write(root, "etc/group", "root:x:0:\nsandbox:x:1000:\n");
    write(root, "etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files\n");
  }

  private static void write(Path root, String path, String content) throws IOException {
    Files.writeString(root.resolve(path), content);
  }
}
