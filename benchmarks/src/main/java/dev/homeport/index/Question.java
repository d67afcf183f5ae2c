package dev.homeport.index;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A question with the places that answer it: files, or lines as `path#line`.
record Question(String query, Set<String> relevant) {
  private static final JsonMapper JSON = JsonMapper.shared();

  /// Reads questions, one JSON object a line with `query` and `relevant`.
  static List<Question> read(Path file) throws IOException {
    var questions = new ArrayList<Question>();
    for (String line : Files.readAllLines(file)) {
      JsonNode question = JSON.readTree(line);
      var relevant = new java.util.LinkedHashSet<String>();
      question.required("relevant").forEach(place -> relevant.add(place.asString()));
      questions.add(new Question(question.required("query").asString(), relevant));
    }
    return questions;
  }

  boolean asksForLines() {
    return relevant.stream().allMatch(place -> place.contains("#"));
  }
}
