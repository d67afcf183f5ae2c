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
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads ignore files outside the walk: those above the root, and the user's own for git.
public final class IgnoreFiles {
  private IgnoreFiles() {}

  /// The rules that hold at a root because of the directories above it and of the user's settings.
  public static DirectoryRules above(Path root) {
    DirectoryRules rules = DirectoryRules.above(null, userRules(), false, "");
    for (Path directory : directoriesAbove(root)) {
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

  /// The files whose content, or whose being there, [#above] depends on.
  public static List<Path> filesAbove(Path root) {
    var files = new ArrayList<Path>();
    files.add(userFile());
    for (Path directory : directoriesAbove(root)) {
      files.add(directory.resolve(".git"));
      for (Kind kind : Kind.values()) {
        if (kind != Kind.GLOBAL) {
          files.add(directory.resolve(kind.file()));
        }
      }
    }
    return files;
  }

  private static List<Path> directoriesAbove(Path root) {
    var directories = new ArrayList<Path>();
    for (Path above = root.getParent(); above != null; above = above.getParent()) {
      directories.addFirst(above);
    }
    return directories;
  }

  private static Path userFile() {
    String configuration = System.getenv("XDG_CONFIG_HOME");
    Path directory =
        configuration == null || configuration.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".config")
            : Path.of(configuration);
    return directory.resolve(Kind.GLOBAL.file());
  }

  private static Map<Kind, IgnoreRules> userRules() {
    var rules = new EnumMap<Kind, IgnoreRules>(Kind.class);
    read(userFile()).ifPresent(found -> rules.put(Kind.GLOBAL, found));
    return rules;
  }

  private static Optional<IgnoreRules> read(Path file) {
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > IgnoreTexts.MAX_BYTES) {
        return Optional.empty();
      }
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      return Optional.of(IgnoreRules.ofFile(text));
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
    List<String> telling = names.stream().map(Path::toString).filter(IgnoreTexts::isFrom).toList();
    return telling.isEmpty()
        ? above
        : IgnoreTexts.read(telling, file -> read(directory, Path.of(file))).rules(above, path);
  }

  private static byte[] read(SecureDirectoryStream<Path> directory, Path file) throws IOException {
    var options = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    try {
      var view =
          directory.getFileAttributeView(
              file, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
      if (!view.readAttributes().isRegularFile()) {
        return new byte[0];
      }
      try (var channel = directory.newByteChannel(file, options);
          InputStream in = Channels.newInputStream(channel)) {
        return in.readNBytes(IgnoreTexts.MAX_BYTES);
      }
    } catch (FileSystemException e) {
      // Gone, a directory, or closed to this user: then it has no rules to give.
      return new byte[0];
    }
  }
}
