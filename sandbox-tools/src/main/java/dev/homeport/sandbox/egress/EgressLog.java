package dev.homeport.sandbox.egress;

/// Keeps account of what sandboxes asked of the network. Thread-safe.
public interface EgressLog {
  /// Keeps none.
  EgressLog NONE = (_, _, _) -> {};

  /// Notes a request once it has ended.
  ///
  /// @param session whose sandbox it is, or empty if it is nobody's yet
  /// @param sandbox its name
  void decided(String session, String sandbox, EgressDecision decision);
}
