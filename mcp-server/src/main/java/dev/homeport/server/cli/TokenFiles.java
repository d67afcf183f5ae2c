package dev.homeport.server.cli;

import dev.homeport.server.identity.PrincipalName;
import java.nio.file.Path;

/// Where grants are kept, and how people name them.
final class TokenFiles {
  private TokenFiles() {}

  static Path directory(Surroundings surroundings) {
    return surroundings.user().state().resolve("tokens");
  }

  static PrincipalName name(String text) throws CommandException {
    try {
      return new PrincipalName(text);
    } catch (IllegalArgumentException wrong) {
      throw new CommandException(ExitCodes.USAGE, String.valueOf(wrong.getMessage()));
    }
  }
}
