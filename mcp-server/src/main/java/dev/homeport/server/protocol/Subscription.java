package dev.homeport.server.protocol;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// One `subscriptions/listen` request: what it asks for, and the messages of its stream. Immutable.
///
/// Source: the specification of 2026-07-28, subscriptions.
public final class Subscription {
  private static final String ID_KEY = "io.modelcontextprotocol/subscriptionId";

  private final Object id;
  private final Set<Topic> topics;

  private Subscription(Object id, Set<Topic> topics) {
    this.id = id;
    this.topics = topics;
  }

  /// Reads a request whose client was checked.
  ///
  /// @param offered what this server tells of
  /// @throws ProtocolException if it does not say what it wants to be told
  public static Subscription of(Message.Request request, Set<Topic> offered)
      throws ProtocolException {
    if (!request.params().containsKey("notifications")) {
      throw ProtocolException.invalidParams("`notifications` is missing: say what to be told of");
    }
    Map<String, ?> filter = request.object("notifications");
    var topics = EnumSet.noneOf(Topic.class);
    for (Topic topic : offered) {
      if (Boolean.TRUE.equals(filter.get(topic.filter()))) {
        topics.add(topic);
      }
    }
    return new Subscription(request.id(), topics);
  }

  /// Whether its client wants to be told of such a change.
  public boolean wants(Topic topic) {
    return topics.contains(topic);
  }

  /// The first message of the stream: which of the wishes are met.
  public Map<String, Object> acknowledgement() {
    var met = new LinkedHashMap<String, Object>();
    topics.forEach(topic -> met.put(topic.filter(), true));
    var params = new LinkedHashMap<String, Object>();
    params.put("_meta", meta());
    params.put("notifications", met);
    return Message.notification("notifications/subscriptions/acknowledged", params);
  }

  /// The message that tells of a change.
  public Map<String, Object> changed(Topic topic) {
    return Message.notification(topic.method(), Map.of("_meta", meta()));
  }

  /// The last message of a stream that the server ends.
  public Map<String, Object> end() {
    var result = new LinkedHashMap<String, Object>();
    result.put("resultType", "complete");
    result.put("_meta", meta());
    return Message.result(id, result);
  }

  private Map<String, Object> meta() {
    return Map.of(ID_KEY, id);
  }
}
