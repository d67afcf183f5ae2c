package dev.homeport.sandbox;

/// An input for an executor of a sandbox.
///
/// @param session whose sandbox it is
/// @param sandbox its name; [#DEFAULT_SANDBOX] needs no creation
/// @param executor the name of the executor, such as `bash`
/// @param input the program text, at most 120,000 bytes of UTF-8
/// @param stdin what the program reads from standard input
/// @param limits time and output
public record ExecRequest(
    String session,
    String sandbox,
    String executor,
    String input,
    String stdin,
    ExecLimits limits) {
  /// The name of the sandbox that every session has.
  public static final String DEFAULT_SANDBOX = "default";

  /// An input for the session's default sandbox, with nothing to read and the default limits.
  public static ExecRequest of(String session, String executor, String input) {
    return new ExecRequest(session, DEFAULT_SANDBOX, executor, input, "", ExecLimits.DEFAULT);
  }
}
