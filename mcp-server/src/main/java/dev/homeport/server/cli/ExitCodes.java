package dev.homeport.server.cli;

/// How commands end. Part of the interface: scripts rely on them.
final class ExitCodes {
  /// Done.
  static final int DONE = 0;

  /// Tried and failed; also a tool call whose answer is an error.
  static final int FAILED = 1;

  /// The command line is wrong; nothing was done.
  static final int USAGE = 2;

  /// Done as far as possible without a sandbox.
  static final int NO_SANDBOX = 3;

  private ExitCodes() {}
}
