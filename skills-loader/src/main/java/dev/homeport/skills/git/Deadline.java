package dev.homeport.skills.git;

import java.time.Duration;
import org.eclipse.jgit.lib.ProgressMonitor;

/// Ends the work of JGit after some time, or when its thread is interrupted.
final class Deadline implements ProgressMonitor {
  private final long end;
  private final Thread worker = Thread.currentThread();

  Deadline(Duration limit) {
    this.end = System.nanoTime() + limit.toNanos();
  }

  @Override
  public boolean isCancelled() {
    return System.nanoTime() - end > 0 || worker.isInterrupted();
  }

  @Override
  public void start(int totalTasks) {
    // Nothing is shown.
  }

  @Override
  public void beginTask(String title, int totalWork) {
    // Nothing is shown.
  }

  @Override
  public void update(int completed) {
    // Nothing is shown.
  }

  @Override
  public void endTask() {
    // Nothing is shown.
  }

  @Override
  public void showDuration(boolean enabled) {
    // Nothing is shown.
  }
}
