package dev.homeport.search.tree;

import dev.homeport.search.tree.DirectoryRules.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads ignore files outside the walk: those above the root, and the user's own for git.
final class IgnoreFiles {
  private static final int MAX_BYTES = 1 << 20;

  private IgnoreFiles() {}

  /// The rules that hold at a root because of the directories above it and of the user's settings.
  static DirectoryRules above(Path root) {
    DirectoryRules rules = DirectoryRules.above(null, userRules(), false, "");
    for (int depth = 0; depth < root.getNameCount(); depth++) {
      Path directory = depth == 0 ? root.getRoot() : root.getRoot().resolve(root.subpath(0, depth));
      var own = new EnumMap<Kind, IgnoreRules>(Kind.class);
      for (Kind kind : Kind.values()) {
        if (kind != Kind.GLOBAL) {
          read(directory.resolve(kind.file())).ifPresent(found -> own.put(kind, found));
        }
      }
      boolean isRepository = Files.exists(directory.resolve(".git"), LinkOption.NOFOLLOW_LINKS);
      rules = DirectoryRules.above(rules, own, isRepository, directory.relativize(root) + "/");
    }
    return rules;
  }

  private static Map<Kind, IgnoreRules> userRules() {
    String configuration = System.getenv("XDG_CONFIG_HOME");
    Path directory =
        configuration == null || configuration.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".config")
            : Path.of(configuration);
    var rules = new EnumMap<Kind, IgnoreRules>(Kind.class);
    read(directory.resolve(Kind.GLOBAL.file())).ifPresent(found -> rules.put(Kind.GLOBAL, found));
    return rules;
  }

  private static Optional<IgnoreRules> read(Path file) {
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
        return Optional.empty();
      }
      return Optional.of(of(Files.readAllBytes(file)));
    } catch (IOException e) {
      System.getLogger(IgnoreFiles.class.getName()).log(Level.DEBUG, "ignoreFile=unreadable", e);
      return Optional.empty();
    }
  }

  /// The rules of a directory that a walk has listed.
  ///
  /// @param names the entries of the directory
  /// @param path its path from the root, empty or with a trailing `/`
  static DirectoryRules in(
      SecureDirectoryStream<Path> directory, List<Path> names, DirectoryRules above, String path)
      throws IOException {
    var own = new EnumMap<Kind, IgnoreRules>(Kind.class);
    boolean isRepository = false;
    for (Path name : names) {
      switch (name.toString()) {
        case ".rgignore" -> own.put(Kind.RIPGREP, read(directory, name));
        case ".ignore" -> own.put(Kind.IGNORE, read(directory, name));
        case ".gitignore" -> own.put(Kind.GITIGNORE, read(directory, name));
        case ".git" -> {
          isRepository = true;
          own.put(Kind.EXCLUDE, read(directory, Path.of(Kind.EXCLUDE.file())));
        }
        default -> {}
      }
    }
    own.values().removeIf(IgnoreRules::isEmpty);
    return above.below(own, isRepository, path);
  }

  private static IgnoreRules read(SecureDirectoryStream<Path> directory, Path file)
      throws IOException {
    var options = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    try {
      var view =
          directory.getFileAttributeView(
              file, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
      if (!view.readAttributes().isRegularFile()) {
        return IgnoreRules.NONE;
      }
      try (var channel = directory.newByteChannel(file, options);
          InputStream in = Channels.newInputStream(channel)) {
        return of(in.readNBytes(MAX_BYTES));
      }
    } catch (FileSystemException e) {
      // Gone, a directory, or closed to this user: then it has no rules to give.
      return IgnoreRules.NONE;
    }
  }

  /// The rules in the bytes of an ignore file.
  private static IgnoreRules of(byte[] content) {
    return IgnoreRules.ofFile(new String(content, StandardCharsets.UTF_8));
  }
}
