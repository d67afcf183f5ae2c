package dev.homeport.version.git;

import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/// While open, JGit reads no configuration of the user or the system, writes none, and starts no
/// `git` to find it. JGit knows one such setting for the whole process, so who opens it excludes
/// others.
final class OwnSettings extends SystemReader.Delegate implements AutoCloseable {
  private final SystemReader before;

  private OwnSettings(SystemReader before) {
    super(before);
    this.before = before;
  }

  static OwnSettings open() {
    var settings = new OwnSettings(SystemReader.getInstance());
    SystemReader.setInstance(settings);
    return settings;
  }

  @Override
  public FileBasedConfig openUserConfig(@Nullable Config parent, FS fs) {
    return new NoConfig(parent, fs);
  }

  @Override
  public FileBasedConfig openSystemConfig(@Nullable Config parent, FS fs) {
    return new NoConfig(parent, fs);
  }

  @Override
  public FileBasedConfig openJGitConfig(@Nullable Config parent, FS fs) {
    return new NoConfig(parent, fs);
  }

  @Override
  public void close() {
    SystemReader.setInstance(before);
  }

  private static final class NoConfig extends FileBasedConfig {
    NoConfig(@Nullable Config parent, FS fs) {
      super(parent, null, fs);
    }

    @Override
    public void load() {
      // There is nothing to load.
    }

    @Override
    public void save() {
      // What JGit measures about the file system is not worth a file.
    }

    @Override
    public boolean isOutdated() {
      return false;
    }
  }
}
