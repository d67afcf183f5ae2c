package dev.homeport.server.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Performs acts one after the other on a server that can be killed and started again.
final class Stage implements AutoCloseable {
  /// Starts a server.
  @FunctionalInterface
  interface Starter {
    DemoServer start() throws DemoFailure;
  }

  private final Screen screen;
  private final Starter starter;
  private final List<String> skipped = new ArrayList<>();
  private DemoServer server;
  private int steps;
  private Optional<String> noSandbox = Optional.empty();

  Stage(Screen screen, Starter starter) throws DemoFailure {
    this.screen = screen;
    this.starter = starter;
    server = start();
  }

  private DemoServer start() throws DemoFailure {
    DemoServer started = starter.start();
    String text = started.name() + ", process " + started.pid();
    screen.event(++steps, "initialize", text, started.startTook());
    return started;
  }

  DemoServer server() {
    return server;
  }

  int steps() {
    return steps;
  }

  List<String> skipped() {
    return List.copyOf(skipped);
  }

  void chapter(String title) {
    screen.chapter(title);
  }

  /// Says something that was not a call but is worth a line.
  void event(String what, String text, Duration took) {
    screen.event(++steps, what, text, took);
  }

  /// Calls a tool and prints it, whatever the answer.
  Reply attempt(Act act) throws DemoFailure {
    Reply reply = server.call(act.tool(), act.arguments());
    screen.call(++steps, act, reply);
    return reply;
  }

  /// Calls a tool, prints it, and checks the answer.
  Reply perform(Act act) throws DemoFailure {
    Reply reply = attempt(act);
    if (reply.isError() != act.refused()) {
      throw broken(reply, act.refused() ? "should have been refused" : "answered with an error");
    }
    for (String expected : act.expected()) {
      if (!reply.text().contains(expected)) {
        throw broken(reply, "should say '" + expected + "'");
      }
    }
    return reply;
  }

  /// As [#perform], unless there is no sandbox.
  Optional<Reply> performInSandbox(Act act) throws DemoFailure {
    if (noSandbox.isPresent()) {
      screen.skipped(++steps, act);
      skipped.add(act.purpose());
      return Optional.empty();
    }
    return Optional.of(perform(act));
  }

  /// From here on, all that needs a sandbox is skipped.
  ///
  /// @param why what is missing, and how to get it
  void withoutSandbox(String why) {
    noSandbox = Optional.of(why);
  }

  /// Why steps were skipped; empty as long as there is a sandbox.
  Optional<String> noSandbox() {
    return noSandbox;
  }

  /// Fails unless something holds that no single answer can show.
  void require(boolean holds, Supplier<String> what) throws DemoFailure {
    if (!holds) {
      throw new DemoFailure("step " + steps + ": " + what.get());
    }
  }

  /// Kills the server as a crash would and starts another one.
  void crash() throws DemoFailure, InterruptedException {
    long start = System.nanoTime();
    long pid = server.pid();
    server.kill();
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    screen.event(++steps, "SIGKILL", "process " + pid + " is gone", took);
    server = start();
  }

  private DemoFailure broken(Reply reply, String what) {
    screen.failure("the answer " + what, reply.text());
    return new DemoFailure("step " + steps + ": the answer " + what);
  }

  @Override
  public void close() {
    server.close();
  }
}
