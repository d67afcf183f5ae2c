package dev.homeport.skills.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeport.skills.source.SourceAddress;
import dev.homeport.skills.source.SourceContents;
import dev.homeport.skills.source.SourceException;
import dev.homeport.skills.source.SourceOrigin;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Map;
import java.util.Objects;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.eclipse.jgit.transport.UploadPack;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitSshTest {
  @TempDir private Path temporary = Path.of("");
  private final SshServer server = SshServer.setUpDefaultServer();
  private GitFixture remote;
  private KeyPair hostKey;
  private KeyPair userKey;
  private GitClones clones;

  @BeforeEach
  void open() throws Exception {
    remote = new GitFixture(temporary.resolve("remote.git"));
    remote.commit("main", Map.of("SKILL.md", "1"));
    hostKey = key();
    userKey = key();
    Files.createDirectories(temporary.resolve("home/.ssh"));
    clones = new GitClones(temporary.resolve("clones"), temporary.resolve("home"));
    server.setHost("127.0.0.1");
    server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
    server.setPublickeyAuthenticator((user, key, session) ->
        user.equals("git") && KeyUtils.compareKeys(key, userKey.getPublic()));
    server.setCommandFactory((channel, command) -> new Upload());
    server.start();
  }

  @AfterEach
  void close() throws IOException {
    server.stop(true);
    remote.close();
  }

  @Test
  void fetchesWithTheKeyOfTheUserFromAKnownHost() throws Exception {
    writeUserKey();
    writeKnownHost(hostKey);

    try (SourceContents contents = clones.newest(origin(), false)) {
      assertThat(contents.entries()).hasSize(1);
    }
  }

  @Test
  void refusesAHostThatIsUnknownOrAnotherOne() throws Exception {
    writeUserKey();
    assertThatThrownBy(() -> clones.newest(origin(), false))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("the key of the host is unknown or another one than before");

    writeKnownHost(key());
    assertThatThrownBy(() -> clones.newest(origin(), false))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("the key of the host is unknown or another one than before");
    assertThat(temporary.resolve("home/.ssh/known_hosts")).content().hasLineCount(1);
  }

  @Test
  void saysThatThereIsNoKey() throws Exception {
    writeKnownHost(hostKey);

    assertThatThrownBy(() -> clones.newest(origin(), false))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("it wants a login")
        .hasMessageContaining("a key without passphrase into ~/.ssh");
  }

  private SourceOrigin.Git origin() throws SourceException {
    return SourceAddress.git("ssh://git@127.0.0.1:" + server.getPort() + "/skills.git", "", "");
  }

  private static KeyPair key() throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    return generator.generateKeyPair();
  }

  private void writeUserKey() throws Exception {
    Path file = temporary.resolve("home/.ssh/id_ecdsa");
    try (OutputStream out = Files.newOutputStream(file)) {
      OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(userKey, "test", null, out);
    }
  }

  private void writeKnownHost(KeyPair key) throws IOException {
    Files.writeString(
        temporary.resolve("home/.ssh/known_hosts"),
        "[127.0.0.1]:%d %s%n".formatted(server.getPort(), PublicKeyEntry.toString(key.getPublic())),
        StandardOpenOption.CREATE);
  }

  /// `git-upload-pack` on the other side.
  private final class Upload implements Command {
    private @Nullable InputStream in;
    private @Nullable OutputStream out;
    private @Nullable OutputStream err;
    private @Nullable ExitCallback exit;

    @Override
    public void setInputStream(InputStream stream) {
      in = stream;
    }

    @Override
    public void setOutputStream(OutputStream stream) {
      out = stream;
    }

    @Override
    public void setErrorStream(OutputStream stream) {
      err = stream;
    }

    @Override
    public void setExitCallback(ExitCallback callback) {
      exit = callback;
    }

    @Override
    public void start(ChannelSession channel, Environment environment) {
      Thread.ofVirtual().start(this::run);
    }

    private void run() {
      int code = 0;
      try (var pack = new UploadPack(remote.repository())) {
        pack.upload(in, out, err);
      } catch (IOException ended) {
        code = 1;
      }
      Objects.requireNonNull(exit).onExit(code);
    }

    @Override
    public void destroy(ChannelSession channel) {
      // It ends with its streams.
    }
  }
}
