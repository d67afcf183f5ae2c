package dev.homeport.server.protocol;

import java.util.LinkedHashMap;
import java.util.Map;

/// Something that a server wants to know from the client's side before it can answer. Immutable.
///
/// Source: the specification of 2026-07-28, multi round-trip requests.
///
/// @param key names it within its request
/// @param method `elicitation/create`, `sampling/createMessage` or `roots/list`
/// @param params the method's parameters
public record Question(String key, String method, Map<String, ?> params) {
  /// Asks the user to fill in a form.
  ///
  /// @param schema a flat JSON Schema of the form
  public static Question form(String key, String message, Map<String, ?> schema) {
    var params = new LinkedHashMap<String, Object>();
    params.put("mode", "form");
    params.put("message", message);
    params.put("requestedSchema", schema);
    return new Question(key, "elicitation/create", params);
  }

  /// What a client must have declared to be asked this.
  String capability() {
    int slash = method.indexOf('/');
    return slash < 0 ? method : method.substring(0, slash);
  }

  Map<String, Object> json() {
    var json = new LinkedHashMap<String, Object>();
    json.put("method", method);
    json.put("params", params);
    return json;
  }
}
