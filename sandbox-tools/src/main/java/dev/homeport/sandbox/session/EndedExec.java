package dev.homeport.sandbox.session;

import dev.homeport.sandbox.Exec;
import dev.homeport.sandbox.ExecEnd;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;

/// A command that ended before this server started, with nothing more to read.
record EndedExec(ExecEnd end) implements Exec {
  @Override
  public InputStream output() {
    return InputStream.nullInputStream();
  }

  @Override
  public Optional<ExecEnd> await(Duration limit) {
    return Optional.of(end);
  }

  @Override
  public void kill() {}
}
