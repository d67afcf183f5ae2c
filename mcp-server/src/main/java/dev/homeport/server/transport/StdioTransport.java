package dev.homeport.server.transport;

import io.modelcontextprotocol.spec.McpServerSession;
import io.modelcontextprotocol.spec.McpServerTransportProvider;
import io.modelcontextprotocol.spec.ProtocolVersions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/// MCP over a pair of streams: one JSON message a line.
///
/// In place of the SDK's own, which ends on a malformed line, loses answers under load and at the
/// end of input, and knows no cancellation. Use: give it to the SDK's server builder, then call
/// [#serve] once.
public final class StdioTransport implements McpServerTransportProvider {
  /// The most bytes that one message may have: 10 MiB.
  public static final int MESSAGE_LIMIT = 10 * 1024 * 1024;

  private final InputStream in;
  private final OutputStream out;
  private final ExtensionMethods extensions;
  private Runnable onInitialized = () -> {};
  private McpServerSession.@Nullable Factory sessions;
  private @Nullable StdioSession session;

  /// Without extensions.
  ///
  /// @param in messages from the client
  /// @param out messages to the client; nothing else may write to it
  public StdioTransport(InputStream in, OutputStream out) {
    this(in, out, ExtensionMethods.NONE);
  }

  /// @param in messages from the client
  /// @param out messages to the client; nothing else may write to it
  /// @param extensions what is answered beside the SDK
  public StdioTransport(InputStream in, OutputStream out, ExtensionMethods extensions) {
    this.in = in;
    this.out = out;
    this.extensions = extensions;
  }

  /// Has something begun, on a thread of its own, once the client has ended the handshake.
  public void whenInitialized(Runnable next) {
    onInitialized = next;
  }

  /// Serves the client until its messages end; then requests already read are answered, for five
  /// seconds at most, and what still runs is cancelled.
  ///
  /// @throws IOException if the input cannot be read
  public void serve() throws IOException, InterruptedException {
    var factory = Objects.requireNonNull(sessions, "give the transport to a server first");
    var writer = new LineWriter(out, JsonMapper.shared());
    session = new StdioSession(factory, writer, extensions, onInitialized);
    session.serve(new LineReader(in, MESSAGE_LIMIT));
  }

  @Override
  public List<String> protocolVersions() {
    return List.of(
        ProtocolVersions.MCP_2024_11_05,
        ProtocolVersions.MCP_2025_03_26,
        ProtocolVersions.MCP_2025_06_18,
        ProtocolVersions.MCP_2025_11_25);
  }

  @Override
  public void setSessionFactory(McpServerSession.Factory factory) {
    sessions = factory;
  }

  @Override
  public Mono<Void> notifyClients(String method, Object params) {
    return session == null ? Mono.empty() : session.notifyClient(method, params);
  }

  @Override
  public Mono<Void> closeGracefully() {
    return Mono.empty();
  }
}
