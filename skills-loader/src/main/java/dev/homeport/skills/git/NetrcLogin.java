package dev.homeport.skills.git;

import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.transport.CredentialItem;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.NetRC;
import org.eclipse.jgit.transport.URIish;

/// Logins from the user's `~/.netrc`, read when a server asks for one and kept nowhere.
final class NetrcLogin extends CredentialsProvider {
  private final Path file;

  NetrcLogin(Path home) {
    this.file = home.resolve(".netrc");
  }

  @Override
  public boolean isInteractive() {
    return false;
  }

  @Override
  public boolean supports(CredentialItem... items) {
    for (CredentialItem item : items) {
      if (!(item instanceof CredentialItem.Username || item instanceof CredentialItem.Password)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean get(URIish uri, CredentialItem... items) {
    if (!Files.isReadable(file) || !supports(items)) {
      return false;
    }
    var entry = new NetRC(file.toFile()).getEntry(uri.getHost());
    if (entry == null || entry.login == null || entry.password == null) {
      return false;
    }
    for (CredentialItem item : items) {
      if (item instanceof CredentialItem.Username user) {
        user.setValue(entry.login);
      } else if (item instanceof CredentialItem.Password password) {
        password.setValue(entry.password);
      }
    }
    return true;
  }
}
