package dev.homeport.sandbox.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// A connection with an agent. One thread may read while another writes.
public interface Link extends AutoCloseable {
  /// What the agent says.
  InputStream input();

  /// What the agent is told.
  OutputStream output();

  @Override
  void close() throws IOException;
}
