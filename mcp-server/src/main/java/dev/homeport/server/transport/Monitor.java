package dev.homeport.server.transport;

/// What the operator of a server sees of it: is told of each answer, and has a page for programs on
/// a port of its own, which only this machine reaches. Thread-safe.
public interface Monitor {
  /// Where the page is.
  String PATH = "/metrics";

  /// The port of the page; 0 for any that is free.
  int port();

  /// A request was answered, also one that nobody let in.
  ///
  /// @param status of the answer
  void answered(int status);

  /// The text of the page.
  String page();

  /// The media type of the text.
  String mediaType();
}
