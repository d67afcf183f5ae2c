package dev.homeport.sandbox.egress.proxy;

import dev.homeport.sandbox.egress.EgressDecision;
import java.util.function.Consumer;

/// What the connections of one sandbox share.
///
/// @param log is told each request that has ended
record Services(
    Judge judge,
    SecretReader secrets,
    SandboxAuthority authority,
    Upstreams upstreams,
    Consumer<EgressDecision> log) {

  Answers answers() {
    return new Answers(judge);
  }

  void note(Account account) {
    log.accept(account.decision());
  }
}
