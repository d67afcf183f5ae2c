package dev.homeport.server.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeport.server.tool.Toolset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentitiesTest {
  private static final Instant NOW = Instant.parse("2026-11-27T08:00:00Z");

  @TempDir Path directory;
  private Grants grants;
  private Identities identities;

  @BeforeEach
  void open() {
    grants = new Grants(directory.resolve("tokens"));
    identities = new Identities(grants, Optional.empty(), InstantSource.fixed(NOW));
  }

  private String add(String name, Optional<Instant> expires) throws IOException {
    String token = BearerToken.random();
    grants.put(
        new Grant(
            new PrincipalName(name),
            directory,
            Set.of(Toolset.MEMORY),
            true,
            BearerToken.proof(token),
            NOW,
            expires));
    return token;
  }

  @Test
  void knowsWhoHasAToken() throws IOException {
    String alice = add("alice", Optional.empty());
    String bob = add("bob", Optional.empty());

    assertThat(identities.identify("Bearer " + alice).orElseThrow().name()).hasToString("alice");
    assertThat(identities.identify("bearer " + bob).orElseThrow().name()).hasToString("bob");
    assertThat(identities.all())
        .extracting(grant -> grant.name().text())
        .containsExactly("alice", "bob");
    assertThat(identities.all().getFirst().toolsets()).containsExactly(Toolset.MEMORY);
    assertThat(identities.all().getFirst().readOnly()).isTrue();
  }

  @Test
  void knowsNobodyElse() throws IOException {
    String alice = add("alice", Optional.empty());

    assertThat(identities.identify(null)).isEmpty();
    assertThat(identities.identify("")).isEmpty();
    assertThat(identities.identify("Bearer")).isEmpty();
    assertThat(identities.identify("Bearer ")).isEmpty();
    assertThat(identities.identify("Basic " + alice)).isEmpty();
    assertThat(identities.identify("Bearer " + alice + "x")).isEmpty();
    assertThat(identities.identify("Bearer " + alice.substring(1))).isEmpty();
    assertThat(identities.identify("Bearer " + BearerToken.random())).isEmpty();
  }

  @Test
  void forgetsAtOnceWhoWasRemoved() throws IOException {
    String alice = add("alice", Optional.empty());
    assertThat(identities.identify("Bearer " + alice)).isPresent();

    assertThat(grants.remove(new PrincipalName("alice"))).isTrue();

    assertThat(identities.identify("Bearer " + alice)).isEmpty();
    assertThat(grants.remove(new PrincipalName("alice"))).isFalse();
  }

  @Test
  void aSecondTokenTakesThePlaceOfTheFirst() throws IOException {
    String first = add("alice", Optional.empty());
    String second = add("alice", Optional.empty());

    assertThat(identities.identify("Bearer " + first)).isEmpty();
    assertThat(identities.identify("Bearer " + second)).isPresent();
  }

  @Test
  void aTokenEndsWhenItSaysSo() throws IOException {
    assertThat(identities.identify("Bearer " + add("early", Optional.of(NOW)))).isEmpty();
    assertThat(identities.identify("Bearer " + add("late", Optional.of(NOW.plusMillis(1)))))
        .isPresent();
  }

  @Test
  void keepsNoTokenAndNothingForOthersToRead() throws IOException {
    String alice = add("alice", Optional.empty());

    Path file = directory.resolve("tokens/alice.json");
    assertThat(Files.readString(file)).doesNotContain(alice, alice.substring(3));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwx------");
  }

  @Test
  void letsNobodyInWhileAGrantCannotBeRead() throws IOException {
    String alice = add("alice", Optional.empty());
    Files.write(directory.resolve("tokens/broken.json"), "{\"workspace\":5".getBytes(UTF_8));

    assertThat(identities.identify("Bearer " + alice)).isEmpty();
    assertThatThrownBy(grants::all)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("'broken'");
  }

  @Test
  void refusesNamesThatAreNoFileNames() {
    for (String name : new String[] {"", ".", "..", "a/b", "A", "-a", "a b", "a".repeat(65), "ä"}) {
      assertThatThrownBy(() -> new PrincipalName(name))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
