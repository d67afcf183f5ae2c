package dev.homeport.skills;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/// The machine that a skill's requirements are checked against.
///
/// @param system the operating system: `linux`, `darwin` or `win32`
/// @param environment the environment variables; values are looked at for `PATH` alone
public record SkillHost(String system, Map<String, String> environment) {
  /// Copies the environment.
  public SkillHost {
    environment = Map.copyOf(environment);
  }

  /// The machine that this process runs on.
  public static SkillHost current() {
    String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String system =
        name.startsWith("mac") ? "darwin" : name.startsWith("windows") ? "win32" : "linux";
    return new SkillHost(system, System.getenv());
  }

  /// Whether an executable file of this name is on the path.
  boolean hasProgram(String name) {
    if (name.isEmpty() || name.indexOf('/') >= 0 || name.indexOf('\0') >= 0) {
      return false;
    }
    String path = environment.getOrDefault("PATH", "");
    for (String directory : path.split(java.io.File.pathSeparator, -1)) {
      if (!directory.isEmpty() && isProgram(directory, name)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isProgram(String directory, String name) {
    try {
      Path file = Path.of(directory, name);
      return Files.isRegularFile(file) && Files.isExecutable(file);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  /// Whether the variable is set and not empty.
  boolean hasVariable(String name) {
    return !environment.getOrDefault(name, "").isEmpty();
  }
}
