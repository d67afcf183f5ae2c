package dev.homeport.server.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One call of a tool, why it is made, and what its answer must say. Immutable.
///
/// @param tool the tool's name
/// @param purpose what the agent wants with it, in a few words
/// @param arguments the arguments, in the order in which they are printed
/// @param expected texts that the answer must contain
/// @param refused whether the tool must answer with an error instead of a success
record Act(
    String tool,
    String purpose,
    Map<String, Object> arguments,
    List<String> expected,
    boolean refused) {

  /// Named values in the order given; [Map#of] would print in another one each time.
  static Map<String, Object> fields(String name, Object value, Object... more) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put(name, value);
    for (int i = 0; i < more.length; i += 2) {
      fields.put((String) more[i], more[i + 1]);
    }
    return fields;
  }

  static Act of(String tool, String purpose) {
    return new Act(tool, purpose, Map.of(), List.of(), false);
  }

  Act with(String name, Object value) {
    var more = new LinkedHashMap<>(arguments);
    more.put(name, value);
    return new Act(tool, purpose, more, expected, refused);
  }

  Act expecting(String... texts) {
    var more = new ArrayList<>(expected);
    more.addAll(List.of(texts));
    return new Act(tool, purpose, arguments, more, refused);
  }

  Act expectingError(String... texts) {
    return new Act(tool, purpose, arguments, List.of(texts), true);
  }
}
