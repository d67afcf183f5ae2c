package dev.homeport.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RequestStateTest {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-27T05:00:00Z"));
  private final InstantSource clock = now::get;
  private final RequestState states = new RequestState(clock);

  @Test
  void givesBackWhatWasSealed() {
    String sealed = states.seal("Zürich", "tools/call x");

    assertThat(sealed).doesNotContain("Zürich").matches("[A-Za-z0-9_-]+");
    assertThat(states.open(sealed, "tools/call x")).contains("Zürich");
    assertThat(states.open(states.seal("", "r"), "r")).contains("");
  }

  @Test
  void refusesWhatIsOfAnotherRequestOrServerOrTime() {
    String sealed = states.seal("state", "tools/call x");

    assertThat(states.open(sealed, "tools/call y")).isEmpty();
    assertThat(new RequestState(clock).open(sealed, "tools/call x")).isEmpty();
    now.set(now.get().plus(Duration.ofMinutes(11)));
    assertThat(states.open(sealed, "tools/call x")).isEmpty();
  }

  @Test
  void refusesWhatWasChanged() {
    String sealed = states.seal("state", "r");
    for (int i = 0; i < sealed.length(); i++) {
      char other = sealed.charAt(i) == 'A' ? 'Q' : 'A';
      String changed = sealed.substring(0, i) + other + sealed.substring(i + 1);
      assertThat(states.open(changed, "r")).as("at %d", i).isEmpty();
    }
    assertThat(states.open("", "r")).isEmpty();
    assertThat(states.open("not base64!", "r")).isEmpty();
    assertThat(states.open(sealed.substring(0, 20), "r")).isEmpty();
  }
}
