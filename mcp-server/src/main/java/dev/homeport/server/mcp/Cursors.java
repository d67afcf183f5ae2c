package dev.homeport.server.mcp;

import dev.homeport.server.protocol.Message;
import dev.homeport.server.protocol.ProtocolException;

/// Positions in lists that are given whole: there are none.
final class Cursors {
  private Cursors() {}

  /// @throws ProtocolException if a client goes on from a position that it was not given
  static void requireNone(Message.Request request) throws ProtocolException {
    if (request.params().get("cursor") != null) {
      throw ProtocolException.invalidParams("`cursor` is none that " + request.method() + " gave");
    }
  }
}
