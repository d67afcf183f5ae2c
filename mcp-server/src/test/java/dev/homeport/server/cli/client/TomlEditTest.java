package dev.homeport.server.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class TomlEditTest {
  @Test
  void addsTheTableAtTheEnd() throws Exception {
    assertThat(put("")).isEqualTo("[servers.homeport]\na = 1\n");
    assertThat(put("model = \"x\"\n")).isEqualTo("model = \"x\"\n\n[servers.homeport]\na = 1\n");
  }

  @Test
  void replacesTheTableInItsPlaceAndKeepsComments() throws Exception {
    String before =
        """
        [servers.other]
        b = 2

        [servers.homeport] # ours
        a = 0
        # a remark

        [servers.homeport.env]
        C = "3"
        """;

    assertThat(put(before))
        .isEqualTo(
            """
            [servers.other]
            b = 2

            [servers.homeport]
            a = 1
            # a remark

            [servers.homeport.env]
            C = "3"
            """);
  }

  @Test
  void changesNothingTheSecondTime() throws Exception {
    String once = put("[other]\nx = 1\n");

    assertThat(put(once)).isEqualTo(once);
  }

  @Test
  void refusesAnInlineTable() {
    assertThatThrownBy(() -> put("servers = { other = {} }\n"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("inline table");
  }

  private static String put(String text) throws ConfigException {
    return TomlEdit.putTable(text, "servers", "homeport", "a = 1\n");
  }
}
