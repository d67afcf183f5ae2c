package dev.homeport.server.protocol;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The stateless requests of revision 2026-07-28: each says in its `_meta` which revision it is of
/// and what its client can do. Thread-safe.
///
/// Source: the specification of 2026-07-28, basic, versioning, discovery and caching.
public final class ModernLane {
  /// The revision that is spoken.
  public static final String VERSION = "2026-07-28";

  /// The method that opens a stream of notifications; transports answer it, each in its way.
  public static final String LISTEN = "subscriptions/listen";

  private static final String PREFIX = "io.modelcontextprotocol/";
  private static final String VERSION_KEY = PREFIX + "protocolVersion";
  private static final String CAPABILITIES_KEY = PREFIX + "clientCapabilities";
  private static final String CLIENT_KEY = PREFIX + "clientInfo";
  private static final String SERVER_KEY = PREFIX + "serverInfo";
  private static final String DISCOVER = "server/discover";

  private static final List<String> SUPPORTED = List.of(VERSION);

  /// Lists that stay as they are as long as the server runs.
  private static final int MINUTE = 60_000;

  /// Made when it is needed: random numbers would delay the handshake.
  private static final class States {
    private static final RequestState ALL = new RequestState(InstantSource.system());

    private States() {}
  }

  private final ServerCard card;
  private final Methods methods;

  /// @param card what `server/discover` answers
  /// @param methods what the server answers
  public ModernLane(ServerCard card, Methods methods) {
    this.card = card;
    this.methods = methods;
  }

  /// Whether a request is of this era: its `_meta` names a revision, or its method exists only
  /// here.
  public static boolean isModern(Message.Request request) {
    return request.method().equals(DISCOVER)
        || (request.params().get("_meta") instanceof Map<?, ?> meta
            && (meta.containsKey(VERSION_KEY) || meta.containsKey(CAPABILITIES_KEY)));
  }

  /// The revision that a request says it is of; empty if it says none.
  public static Optional<String> version(Message.Request request) {
    return request.params().get("_meta") instanceof Map<?, ?> meta
            && meta.get(VERSION_KEY) instanceof String version
        ? Optional.of(version)
        : Optional.empty();
  }

  /// Checks what every request must say, and reads who sent it.
  ///
  /// @throws ProtocolException if something is missing, or the revision is not spoken here
  public Client client(Message.Request request, Client.Notifier notifier) throws ProtocolException {
    Map<String, ?> meta = request.meta();
    if (!(meta.get(VERSION_KEY) instanceof String version)) {
      throw missing(VERSION_KEY);
    }
    if (!version.equals(VERSION)) {
      throw new ProtocolException(RpcError.unsupportedVersion(version, SUPPORTED));
    }
    if (!(meta.get(CAPABILITIES_KEY) instanceof Map<?, ?> capabilities)) {
      throw missing(CAPABILITIES_KEY);
    }
    return new Client(
        Client.nameIn(meta.get(CLIENT_KEY)),
        notifier,
        inputs(request, Message.keyed(capabilities)));
  }

  private Inputs inputs(Message.Request request, Map<String, ?> capabilities)
      throws ProtocolException {
    String subject = request.method() + " " + request.params().get("name");
    Object sealed = request.params().get("requestState");
    Optional<String> state =
        sealed instanceof String text ? States.ALL.open(text, subject) : Optional.empty();
    if (sealed != null && state.isEmpty()) {
      throw ProtocolException.invalidParams(
          "`requestState` is none that this server gave for this request, or too old; begin anew");
    }
    return new Inputs(
        capabilities,
        request.object("inputResponses"),
        state,
        next -> States.ALL.seal(next, subject));
  }

  private static ProtocolException missing(String key) {
    return ProtocolException.invalidParams("`_meta` must have `" + key + "` in every request");
  }

  /// The result of a request whose client was checked.
  ///
  /// @throws ProtocolException if the answer is an error
  /// @throws InterruptedException if the request was cancelled
  public Map<String, Object> answer(Message.Request request, Client client)
      throws ProtocolException, InterruptedException {
    try {
      return complete(request.method(), result(request, client));
    } catch (InputRequiredException open) {
      return identified(open.result(), card.info());
    }
  }

  private Map<String, Object> result(Message.Request request, Client client)
      throws ProtocolException, InputRequiredException, InterruptedException {
    if (request.method().equals(DISCOVER)) {
      return discover();
    }
    try {
      return methods
          .answer(request, client)
          .orElseThrow(() -> new ProtocolException(RpcError.methodNotFound(request.method())));
    } catch (ProtocolException legacy) {
      RpcError error = legacy.error();
      throw error.code() == RpcError.RESOURCE_NOT_FOUND
          ? new ProtocolException(
              new RpcError(RpcError.INVALID_PARAMS, error.message(), error.data()))
          : legacy;
    }
  }

  private Map<String, Object> discover() {
    var result = new LinkedHashMap<String, Object>();
    result.put("supportedVersions", SUPPORTED);
    result.put("capabilities", card.capabilities());
    result.put("instructions", card.instructions().get());
    return result;
  }

  /// A result with what this revision adds to each: its type, who gave it, how long it may be kept.
  private Map<String, Object> complete(String method, Map<String, Object> result) {
    var complete = new LinkedHashMap<String, Object>();
    complete.put("resultType", "complete");
    complete.putAll(result);
    identified(complete, method.equals(DISCOVER) ? card.portrait() : card.info());
    switch (method) {
      case DISCOVER, "tools/list" -> keep(complete, MINUTE);
      case "prompts/list",
          "resources/list",
          "resources/templates/list",
          "resources/read",
          "resources/directory/read",
          "skills/list",
          "skills/get" ->
          keep(complete, 0);
      default -> {}
    }
    return complete;
  }

  private static Map<String, Object> identified(
      Map<String, Object> result, Map<String, Object> server) {
    var meta = new LinkedHashMap<String, Object>();
    meta.put(SERVER_KEY, server);
    if (result.get("_meta") instanceof Map<?, ?> own) {
      meta.putAll(Message.keyed(own));
    }
    result.put("_meta", meta);
    return result;
  }

  /// Says how long a result may be kept; by its receiver alone, since workspaces differ.
  private static void keep(Map<String, Object> result, int milliseconds) {
    result.put("ttlMs", milliseconds);
    result.put("cacheScope", "private");
  }
}
