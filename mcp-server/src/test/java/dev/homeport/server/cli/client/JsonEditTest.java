package dev.homeport.server.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class JsonEditTest {
  private static final List<String> PATH = List.of("servers", "homeport");

  @Test
  void makesTheObjectsOnTheWay() throws Exception {
    assertThat(JsonEdit.put("", PATH, "{\n  \"a\": 1\n}"))
        .isEqualTo(
            """
            {
              "servers": {
                "homeport": {
                  "a": 1
                }
              }
            }
            """);
  }

  @Test
  void leavesEveryOtherCharacterAsItIs() throws Exception {
    String before =
        """
        // mine
        {
            "servers": {
                "other": {"x": "} ,"}, /* keep */
            },
          "last": [1,2],
        }
        """;

    String after = JsonEdit.put(before, PATH, "1");

    assertThat(after.replace("\n    \"homeport\": 1,", "")).isEqualTo(before);
    assertThat(after).contains("\"homeport\": 1,\n");
  }

  @Test
  void replacesTheMemberThatIsThere() throws Exception {
    assertThat(JsonEdit.put("{\"servers\":{\"homeport\":{\"a\":[{}]},\"b\":2}}", PATH, "\"new\""))
        .isEqualTo("{\"servers\":{\"homeport\":\"new\",\"b\":2}}");
    assertThat(JsonEdit.put("{\"servers\":{\"homeport\":\"old\" ,\"b\":2}}", PATH, "1"))
        .isEqualTo("{\"servers\":{\"homeport\":1 ,\"b\":2}}");
    assertThat(JsonEdit.put("{\"servers\":{\"homeport\":12}}", PATH, "3"))
        .isEqualTo("{\"servers\":{\"homeport\":3}}");
  }

  @Test
  void changesNothingTheSecondTime() throws Exception {
    String once = JsonEdit.put("{\"servers\": {}}", PATH, "{\n  \"a\": 1\n}");

    assertThat(JsonEdit.put(once, PATH, "{\n  \"a\": 1\n}")).isEqualTo(once);
  }

  @Test
  void refusesWhatIsNoObject() {
    assertThatThrownBy(() -> JsonEdit.put("[]", PATH, "1"))
        .isInstanceOf(ConfigException.class)
        .hasMessage("it is no JSON object");
    assertThatThrownBy(() -> JsonEdit.put("{\"servers\": []}", PATH, "1"))
        .isInstanceOf(ConfigException.class)
        .hasMessage("\"servers\" is no JSON object");
  }

  @Test
  void refusesADocumentThatIsBrokenAnywhere() {
    assertThatThrownBy(() -> JsonEdit.put("{\"servers\": {},\n\"b\": oops}", PATH, "1"))
        .isInstanceOf(ConfigException.class)
        .hasMessage("it is no valid JSON (line 2)");
  }
}
