package dev.homeport.server.conformance;

import java.util.List;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// The schemas of the fixtures, as the suite's documentation asks for them.
final class FixtureSchemas {
  static final Map<String, Object> USER =
      Map.of(
          "type", "object",
          "properties",
              Map.of(
                  "username", Map.of("type", "string", "description", "User's response"),
                  "email", Map.of("type", "string", "description", "User's email address")),
          "required", List.of("username", "email"));

  static final Map<String, Object> DEFAULTS =
      parse(
          """
          {"type":"object","properties":{
            "name":{"type":"string","default":"John Doe"},
            "age":{"type":"integer","default":30},
            "score":{"type":"number","default":95.5},
            "status":{"type":"string","enum":["active","inactive","pending"],"default":"active"},
            "verified":{"type":"boolean","default":true}}}
          """);

  static final Map<String, Object> ENUMS =
      parse(
          """
          {"type":"object","properties":{
            "untitledSingle":{"type":"string","enum":["option1","option2","option3"]},
            "titledSingle":{"type":"string","oneOf":[
              {"const":"value1","title":"First Option"},
              {"const":"value2","title":"Second Option"},
              {"const":"value3","title":"Third Option"}]},
            "legacyEnum":{"type":"string","enum":["opt1","opt2","opt3"],
              "enumNames":["Option One","Option Two","Option Three"]},
            "untitledMulti":{"type":"array",
              "items":{"type":"string","enum":["option1","option2","option3"]}},
            "titledMulti":{"type":"array","items":{"anyOf":[
              {"const":"value1","title":"First Choice"},
              {"const":"value2","title":"Second Choice"},
              {"const":"value3","title":"Third Choice"}]}}}}
          """);

  static final Map<String, Object> JSON_SCHEMA_2020_12 =
      parse(
          """
          {"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object",
           "$defs":{"address":{"$anchor":"addressDef","type":"object","properties":{
             "street":{"type":"string"},"city":{"type":"string"}}}},
           "properties":{"name":{"type":"string"},"address":{"$ref":"#/$defs/address"},
             "contactMethod":{"type":"string","enum":["phone","email"]},
             "phone":{"type":"string"},"email":{"type":"string"}},
           "allOf":[{"anyOf":[{"required":["phone"]},{"required":["email"]}]}],
           "if":{"properties":{"contactMethod":{"const":"phone"}},"required":["contactMethod"]},
           "then":{"required":["phone"]},"else":{"required":["email"]},
           "additionalProperties":false}
          """);

  private FixtureSchemas() {}

  private static Map<String, Object> parse(String json) {
    return JsonMapper.shared().readValue(json, new TypeReference<>() {});
  }
}
