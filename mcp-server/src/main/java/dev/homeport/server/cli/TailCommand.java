package dev.homeport.server.cli;

import dev.homeport.server.AuditTail;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Shows what agents change, as it happens.
@Command(
    name = "tail",
    description = {
      "Follow the audit logs: who changed something with which tool, of you and of all whom you"
          + " serve.",
      "One line for each call: time, principal, client, tool, outcome, milliseconds. Ends at"
          + " Ctrl-C."
    })
final class TailCommand implements Callable<Integer> {
  private static final Duration PAUSE = Duration.ofMillis(300);

  @Option(
      names = {"-n", "--lines"},
      paramLabel = "COUNT",
      defaultValue = "20",
      description = "How many lines of the past to show first. Default: ${DEFAULT-VALUE}.")
  private int lines;

  @Option(names = "--no-follow", description = "Show the past only.")
  private boolean isPastOnly;

  private final Surroundings surroundings;

  TailCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws CommandException, IOException, InterruptedException {
    if (lines < 0) {
      throw new CommandException(
          ExitCodes.USAGE, "the count of lines is " + lines + ", but must be 0 or more");
    }
    var tail = new AuditTail(surroundings.user(), surroundings::say);
    List<AuditTail.Entry> past = tail.next();
    past.subList(Math.max(0, past.size() - lines), past.size()).forEach(this::show);
    while (!isPastOnly && !surroundings.out().checkError()) {
      Thread.sleep(PAUSE);
      tail.next().forEach(this::show);
    }
    return ExitCodes.DONE;
  }

  private void show(AuditTail.Entry entry) {
    surroundings
        .out()
        .printf(
            "%s  %s  %s  %s  %s  %,d ms%n",
            entry.time(),
            plain(entry.principal()),
            plain(entry.client()),
            plain(entry.tool()),
            entry.ok() ? "ok" : "failed",
            entry.millis());
  }

  /// A client gives itself its name, and must not write to this terminal what it likes.
  private static String plain(String text) {
    return text.codePoints()
        .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
