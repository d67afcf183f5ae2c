package dev.homeport.search;

import java.io.Serial;

/// A scope whose globs or types mean nothing; becomes an outcome before it leaves the package.
final class BadScopeException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  BadScopeException(String message) {
    super(message);
  }
}
