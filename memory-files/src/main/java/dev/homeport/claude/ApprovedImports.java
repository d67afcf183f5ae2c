package dev.homeport.claude;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What the user lets instructions import although it lies outside of the workspace.
///
/// @param paths files, and directories with all below them; absolute
public record ApprovedImports(List<Path> paths) {
  /// Nothing.
  public static final ApprovedImports NONE = new ApprovedImports(List.of());

  /// Copies the paths and takes `.` and `..` out of them.
  public ApprovedImports {
    for (Path path : paths) {
      if (!path.isAbsolute() || path.getNameCount() == 0) {
        throw new IllegalArgumentException(
            "an approved import is '" + path + "', but must be absolute and not the root");
      }
    }
    paths = paths.stream().map(Path::normalize).toList();
  }

  /// The paths of a list with `:` between them, such as `~/notes:/opt/team/rules.md`. One that is
  /// not absolute is left out and logged: it would mean something else in each directory.
  ///
  /// @param home what `~/` stands for
  public static ApprovedImports parse(String list, Path home) {
    var paths = new ArrayList<Path>();
    for (String entry : list.split(":", -1)) {
      String text = entry.strip();
      try {
        Path path = text.startsWith("~/") ? home.resolve(text.substring(2)) : Path.of(text);
        if (path.isAbsolute() && path.normalize().getNameCount() > 0) {
          paths.add(path);
        } else if (!text.isEmpty()) {
          System.getLogger(ApprovedImports.class.getName())
              .log(System.Logger.Level.WARNING, "approved import '" + text + "' is not absolute");
        }
      } catch (InvalidPathException e) {
        System.getLogger(ApprovedImports.class.getName())
            .log(System.Logger.Level.WARNING, "approved import '" + text + "' is no path");
      }
    }
    return new ApprovedImports(paths);
  }
}
