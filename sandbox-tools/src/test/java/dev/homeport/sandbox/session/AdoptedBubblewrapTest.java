package dev.homeport.sandbox.session;

import org.junit.jupiter.api.Tag;

@Tag("bubblewrap")
class AdoptedBubblewrapTest extends AdoptedSandbox {
  @Override
  String backend() {
    return "bubblewrap";
  }
}
