package dev.homeport.server.protocol;

import java.io.Serial;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A request that cannot be answered before its client has answered questions: it is sent again
/// with the answers, so the work must not have changed anything yet.
public final class InputRequiredException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final transient List<Question> questions;
  private final transient Optional<String> state;

  InputRequiredException(List<Question> questions, Optional<String> state) {
    super("input is required");
    this.questions = questions;
    this.state = state;
  }

  /// The result that says so.
  Map<String, Object> result() {
    var requests = new LinkedHashMap<String, Object>();
    questions.forEach(question -> requests.put(question.key(), question.json()));
    var result = new LinkedHashMap<String, Object>();
    result.put("resultType", "input_required");
    result.put("inputRequests", requests);
    state.ifPresent(sealed -> result.put("requestState", sealed));
    return result;
  }
}
