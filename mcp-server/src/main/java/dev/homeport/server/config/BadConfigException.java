package dev.homeport.server.config;

import java.io.Serial;

/// A configuration that cannot be used; the message says where and what is wrong, for a person.
public final class BadConfigException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  BadConfigException(String message) {
    super(message);
  }
}
