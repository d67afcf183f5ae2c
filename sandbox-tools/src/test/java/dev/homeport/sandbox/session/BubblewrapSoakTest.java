package dev.homeport.sandbox.session;

import dev.homeport.sandbox.SandboxBackend;
import dev.homeport.sandbox.bubblewrap.BubblewrapBackend;
import org.junit.jupiter.api.Tag;

@Tag("bubblewrap")
class BubblewrapSoakTest extends Soak {
  @Override
  SandboxBackend backend() {
    return BubblewrapBackend.overlaying();
  }
}
