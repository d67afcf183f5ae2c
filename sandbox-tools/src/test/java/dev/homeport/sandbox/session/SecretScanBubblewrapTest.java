package dev.homeport.sandbox.session;

import java.util.List;
import org.junit.jupiter.api.Tag;

@Tag("bubblewrap")
class SecretScanBubblewrapTest extends SecretScan {
  @Override
  String backend() {
    return "bubblewrap";
  }

  @Override
  String sleep() {
    return "4343";
  }

  @Override
  List<ProcessHandle> processes(Process owner, String instance) {
    return owner.descendants().toList();
  }
}
