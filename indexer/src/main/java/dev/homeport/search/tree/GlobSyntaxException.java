package dev.homeport.search.tree;

import java.io.Serial;

/// A glob that cannot be understood, told so that its author can repair it.
public final class GlobSyntaxException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  GlobSyntaxException(String glob, String problem) {
    super("The glob '" + glob + "' " + problem + ".");
  }
}
