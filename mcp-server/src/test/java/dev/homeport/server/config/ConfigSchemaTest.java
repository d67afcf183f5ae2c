package dev.homeport.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.modelcontextprotocol.json.schema.jackson3.DefaultJsonSchemaValidator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The JSON Schema for editors says what the reader of the file says.
class ConfigSchemaTest {
  private static final Path DOCS = Path.of("../docs");

  private static String text() throws IOException {
    return Files.readString(DOCS.resolve("config.schema.json"));
  }

  private static boolean accepts(String yaml) throws IOException {
    Map<String, Object> schema = JsonMapper.shared().readValue(text(), new TypeReference<>() {});
    Object instance = new Load(LoadSettings.builder().build()).loadFromString(yaml);
    return new DefaultJsonSchemaValidator().validate(schema, instance).valid();
  }

  /// The keys of the schema, as the reader names them.
  private static Map<String, JsonNode> keys() throws IOException {
    var keys = new HashMap<String, JsonNode>();
    JsonMapper.shared()
        .readTree(text())
        .path("properties")
        .forEachEntry((name, schema) -> {
          if (schema.has("properties")) {
            assertThat(schema.path("additionalProperties").asBoolean(true)).isFalse();
            schema
                .path("properties")
                .forEachEntry((key, inner) -> keys.put(name + "." + key, inner));
          } else {
            keys.put(name, schema);
          }
        });
    return keys;
  }

  @Test
  void hasEveryKeyWithADescriptionAndNoOther() throws IOException {
    assertThat(keys().keySet()).containsExactlyInAnyOrderElementsOf(ConfigKey.labels());
    assertThat(keys().values())
        .allMatch(schema -> schema.path("description").asString().length() > 10);
  }

  @Test
  void hasTheLimitsAndWordsOfTheReader() throws IOException {
    for (ConfigKey key : ConfigKey.values()) {
      JsonNode schema = Objects.requireNonNull(keys().get(key.label()));
      switch (key.kind()) {
        case WHOLE ->
            assertThat(schema.at("/anyOf/0/maximum").asLong())
                .as(key.label())
                .isEqualTo(key.most());
        case LEVEL, SEVERITY ->
            assertThat(schema.path("enum").valueStream().map(JsonNode::asString))
                .containsExactlyElementsOf(key.kind().choices());
        case FLAG -> assertThat(schema.path("type").asString()).isEqualTo("boolean");
        case TEXT -> assertThat(schema.path("type").asString()).isEqualTo("string");
        case RULES -> assertThat(schema.path("type").asString()).isEqualTo("array");
        case PATHS, TEXTS -> assertThat(schema.path("$ref").asString()).isEqualTo("#/$defs/texts");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"configuration.md", "network.md", "serve.md"})
  void acceptsTheDocumentedExamplesAsTheReaderDoes(String file) throws Exception {
    List<String> examples = examples(Files.readString(DOCS.resolve(file)));

    assertThat(examples).isNotEmpty();
    for (String example : examples) {
      assertThat(accepts(example)).as(example).isTrue();
      assertThat(ConfigDocument.read(example, file)).isNotEmpty();
    }
  }

  private static List<String> examples(String markdown) {
    var examples = new ArrayList<String>();
    for (String part : markdown.split("```yaml\n", -1)) {
      if (!markdown.startsWith(part)) {
        examples.add(part.substring(0, part.indexOf("```")));
      }
    }
    return examples;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "memry: {files: 5}",
        "memory: {file: 5}",
        "memory: {files: 0}",
        "memory: {files: 2000000}",
        "memory: {files: 5 miles}",
        "memory: 5",
        "durability: half",
        "log: {tool-calls: maybe}",
        "serve: {address: [a, b]}",
        "sandbox: {egress: api.example.com}",
        "sandbox: {egress: [api.example.com]}"
      })
  void refusesWhatTheReaderRefuses(String wrong) throws Exception {
    assertThat(accepts(wrong)).isFalse();
    assertThatThrownBy(() -> ConfigDocument.read(wrong, "f"))
        .isInstanceOf(BadConfigException.class);
  }
}
