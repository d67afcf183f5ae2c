package dev.homeport.server.cli;

import picocli.CommandLine.Option;

/// How a user agrees to a version of a source.
final class ConsentOptions {
  @Option(names = "--yes", description = "Agree without a question.")
  private boolean yes;

  @Option(
      names = "--accept-findings",
      description = "Agree also to what the scan finds of high severity.")
  private boolean acceptFindings;

  @Option(
      names = "--offline",
      description = "Use no network: what was fetched from a repository before has to do.")
  private boolean offline;

  boolean isGiven() {
    return yes;
  }

  boolean acceptsFindings() {
    return acceptFindings;
  }

  boolean isOffline() {
    return offline;
  }
}
