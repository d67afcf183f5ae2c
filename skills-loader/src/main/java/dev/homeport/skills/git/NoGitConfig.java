package dev.homeport.skills.git;

import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/// While open, JGit reads no configuration of the user or the system, writes none, and starts no
/// `git` to find it: what is fetched depends on nothing but the lock file. JGit knows one such
/// setting for the whole process, so one thread at a time has it.
final class NoGitConfig extends SystemReader.Delegate implements AutoCloseable {
  private static final ReentrantLock ONE_BY_ONE = new ReentrantLock();

  private final SystemReader before;

  private NoGitConfig(SystemReader before) {
    super(before);
    this.before = before;
  }

  static NoGitConfig open() throws InterruptedException {
    ONE_BY_ONE.lockInterruptibly();
    var settings = new NoGitConfig(SystemReader.getInstance());
    SystemReader.setInstance(settings);
    return settings;
  }

  @Override
  public FileBasedConfig openUserConfig(@Nullable Config parent, FS fs) {
    return new Empty(parent, fs);
  }

  @Override
  public FileBasedConfig openSystemConfig(@Nullable Config parent, FS fs) {
    return new Empty(parent, fs);
  }

  @Override
  public FileBasedConfig openJGitConfig(@Nullable Config parent, FS fs) {
    return new Empty(parent, fs);
  }

  @Override
  public void close() {
    SystemReader.setInstance(before);
    ONE_BY_ONE.unlock();
  }

  private static final class Empty extends FileBasedConfig {
    Empty(@Nullable Config parent, FS fs) {
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
