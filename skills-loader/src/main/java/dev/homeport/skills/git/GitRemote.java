package dev.homeport.skills.git;

import dev.homeport.skills.source.SourceException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.sshd.SshdSessionFactory;
import org.eclipse.jgit.transport.sshd.SshdSessionFactoryBuilder;

/// A repository elsewhere: what it has, and how it comes here. Close it after use.
final class GitRemote implements AutoCloseable {
  private static final int SILENCE_SECONDS = 30;
  private static final Duration LIMIT = Duration.ofMinutes(10);
  private static final List<RefSpec> NAMED =
      List.of(
          new RefSpec(Constants.HEAD),
          new RefSpec(Constants.R_HEADS + "*:" + Constants.R_HEADS + "*"),
          new RefSpec(Constants.R_TAGS + "*:" + Constants.R_TAGS + "*"));

  private final String url;
  private final Path home;
  private final Repository clone;
  private final SshdSessionFactory ssh;

  /// @param url an address that was checked
  /// @param home the user's home, with `.ssh` and `.netrc`
  /// @param clone where objects go
  GitRemote(String url, Path home, Repository clone) {
    this.url = url;
    this.home = home;
    this.clone = clone;
    this.ssh =
        new SshdSessionFactoryBuilder()
            .setHomeDirectory(home.toFile())
            .setSshDirectory(home.resolve(".ssh").toFile())
            .setPreferredAuthentications("publickey")
            .build(null);
  }

  /// The default branch as `HEAD`, the branches and the tags.
  Collection<Ref> refs() throws SourceException {
    try (Transport transport = open();
        FetchConnection connection = transport.openFetch(NAMED)) {
      return connection.getRefs();
    } catch (IOException failure) {
      throw GitFailure.explain(url, failure);
    }
  }

  /// Brings objects here and sets refs to them.
  ///
  /// @param isShallow whether the newest commits are enough
  void fetch(List<RefSpec> specs, boolean isShallow) throws SourceException {
    try (Transport transport = open()) {
      if (isShallow) {
        transport.setDepth(1);
      }
      transport.fetch(new Deadline(LIMIT), specs);
    } catch (IOException failure) {
      throw GitFailure.explain(url, failure);
    }
  }

  private Transport open() throws IOException {
    Transport transport;
    try {
      transport = Transport.open(clone, new URIish(url));
    } catch (URISyntaxException wrong) {
      throw new SourceException("'" + url + "' is no address that git knows", wrong);
    }
    transport.setTimeout(SILENCE_SECONDS);
    transport.setTagOpt(TagOpt.NO_TAGS);
    if (transport instanceof SshTransport overSsh) {
      overSsh.setSshSessionFactory(ssh);
    } else if (transport instanceof TransportHttp) {
      transport.setCredentialsProvider(new NetrcLogin(home));
    }
    return transport;
  }

  @Override
  public void close() {
    ssh.close();
  }
}
