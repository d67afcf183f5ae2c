package dev.homeport.server.demo;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.Implementation;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;

/// A server that runs as a child process, driven over stdio with the client of the MCP Java SDK.
final class DemoServer implements AutoCloseable {
  private static final Duration CALL_LIMIT = Duration.ofMinutes(3);
  private static final Duration DEATH_LIMIT = Duration.ofSeconds(10);
  private static final int KEPT_LOG_LINES = 15;

  private final Transport transport;
  private final ProcessHandle process;
  private final McpSyncClient client;
  private final Duration startTook;

  private DemoServer(
      Transport transport, ProcessHandle process, McpSyncClient client, Duration startTook) {
    this.transport = transport;
    this.process = process;
    this.client = client;
    this.startTook = startTook;
  }

  /// The SDK's transport, which also knows the process that it started and its last words.
  private static final class Transport extends StdioClientTransport {
    private final ConcurrentLinkedDeque<String> log = new ConcurrentLinkedDeque<>();
    private final CompletableFuture<ProcessHandle> process = new CompletableFuture<>();

    Transport(List<String> command, Map<String, String> environment) {
      super(
          ServerParameters.builder(command.getFirst())
              .args(command.subList(1, command.size()))
              .env(environment)
              .build(),
          McpJsonDefaults.getMapper());
      setStdErrorHandler(this::keep);
    }

    private void keep(String line) {
      log.addLast(line);
      while (log.size() > KEPT_LOG_LINES) {
        log.pollFirst();
      }
    }

    @Override
    public Mono<Void> connect(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) {
      Set<ProcessHandle> before = children();
      return super.connect(handler)
          .doOnSuccess(_ ->
              children().stream()
                  .filter(child -> !before.contains(child))
                  .forEach(process::complete));
    }

    private static Set<ProcessHandle> children() {
      return ProcessHandle.current().children().collect(Collectors.toSet());
    }

    String lastWords() {
      return log.isEmpty() ? "" : "\nThe server's last words:\n  " + String.join("\n  ", log);
    }
  }

  /// Starts a process and shakes hands with it.
  static DemoServer start(List<String> command, Map<String, String> environment)
      throws DemoFailure {
    var transport = new Transport(command, environment);
    McpSyncClient client =
        McpClient.sync(transport)
            .clientInfo(Implementation.builder("homeport-demo", "1").build())
            .requestTimeout(CALL_LIMIT)
            .initializationTimeout(CALL_LIMIT)
            .build();
    // A client does not notice by itself that its server is gone.
    var _ = transport.process.thenCompose(ProcessHandle::onExit).thenRun(client::close);
    long start = System.nanoTime();
    try {
      client.initialize();
    } catch (RuntimeException e) { // the SDK reports all that can go wrong as one
      client.close();
      throw new DemoFailure(
          "the server did not start: " + e.getMessage() + transport.lastWords(), e);
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    ProcessHandle process = transport.process.getNow(null);
    if (process == null) {
      throw new DemoFailure("the server's process is not among the children of this one");
    }
    return new DemoServer(transport, process, client, took);
  }

  /// From the start of the process to its answer to `initialize`.
  Duration startTook() {
    return startTook;
  }

  /// The id of the process.
  long pid() {
    return process.pid();
  }

  String name() {
    return client.getServerInfo().name() + " " + client.getServerInfo().version();
  }

  List<Tool> tools() throws DemoFailure {
    try {
      return client.listTools().tools();
    } catch (RuntimeException e) { // as above
      throw new DemoFailure("tools/list failed: " + e.getMessage() + transport.lastWords(), e);
    }
  }

  Reply call(String tool, Map<String, Object> arguments) throws DemoFailure {
    long start = System.nanoTime();
    try {
      var result = client.callTool(CallToolRequest.builder(tool).arguments(arguments).build());
      return Reply.of(result, Duration.ofNanos(System.nanoTime() - start));
    } catch (RuntimeException e) { // as above
      throw new DemoFailure(tool + " failed: " + e.getMessage() + transport.lastWords(), e);
    }
  }

  /// Ends the process as a crash would: at once, without a word to it.
  void kill() throws DemoFailure, InterruptedException {
    process.destroyForcibly();
    try {
      process.onExit().get(DEATH_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new DemoFailure("the server's process survived SIGKILL", e);
    }
  }

  @Override
  public void close() {
    client.closeGracefully();
  }
}
