package dev.homeport.sandbox.session;

import dev.homeport.sandbox.SandboxBackend;
import dev.homeport.sandbox.bubblewrap.BubblewrapBackend;
import java.util.List;
import org.junit.jupiter.api.Tag;

@Tag("bubblewrap")
class BubblewrapEgressTest extends EgressContract {
  @Override
  SandboxBackend backend() {
    return BubblewrapBackend.overlaying();
  }

  @Override
  SandboxBackend withoutAgent() {
    return BubblewrapBackend.overlaying().withoutAgent();
  }

  /// The keeper and all below it; it has a session of its own, but this process as its parent.
  @Override
  List<ProcessHandle> processes() {
    return ProcessHandle.current().descendants().toList();
  }
}
