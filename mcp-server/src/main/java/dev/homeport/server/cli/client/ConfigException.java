package dev.homeport.server.cli.client;

import java.io.Serial;

/// A configuration file cannot be changed safely; the message says why, for a person.
public final class ConfigException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  ConfigException(String message) {
    super(message);
  }
}
