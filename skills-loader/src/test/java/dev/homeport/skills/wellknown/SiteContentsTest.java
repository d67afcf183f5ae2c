package dev.homeport.skills.wellknown;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeport.skills.source.SourceEntry;
import dev.homeport.skills.source.SourceException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SiteContentsTest {
  private SiteFixture site;

  @BeforeEach
  void open() throws IOException {
    site = new SiteFixture();
  }

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void fetchesFilesAndArchives() throws Exception {
    site.file("/skills/brew.md", "B".getBytes(UTF_8));
    site.offer("brew", "skill-md", "/skills/brew.md", Optional.empty());
    site.file("/stir.zip", zip(Map.of("SKILL.md", "S", "scripts/run.sh*", "run")));
    site.offer("stir", "archive", "/stir.zip", Optional.empty());
    site.file("/fold.tgz", tar(Map.of("./SKILL.md", "F", "run*", "r", "docs@", "../brew")));
    site.offer("fold", "archive", "/fold.tgz", Optional.empty());
    site.offer("odd", "registry", "/odd", Optional.empty());

    try (SiteContents contents = SiteContents.fetch(site.origin())) {
      assertThat(texts(contents))
          .isEqualTo(
              Map.of(
                  "FILE brew/SKILL.md", "B",
                  "FILE stir/SKILL.md", "S",
                  "PROGRAM stir/scripts/run.sh", "run",
                  "FILE fold/SKILL.md", "F",
                  "PROGRAM fold/run", "r",
                  "LINK fold/docs", "../brew"));
      assertThat(contents.notes())
          .containsExactly("the skill 'odd' is left out: its type is unknown");
    }
  }

  @Test
  void refusesWhatIsNotWhatTheIndexSays() throws Exception {
    site.file("/brew.md", "B".getBytes(UTF_8));
    site.offer("brew", "skill-md", "/brew.md", Optional.of("ab".repeat(32)));

    assertThatThrownBy(() -> SiteContents.fetch(site.origin()))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("the skill 'brew' is not what its index says")
        .hasMessageContaining("should have sha256:abab")
        .hasMessageContaining("try again, or tell its owner");
  }

  @Test
  void followsRedirectsButNotToThisMachineOrOutOfHttps() throws Exception {
    site.file("/moved", "B".getBytes(UTF_8));
    site.offer("brew", "skill-md", "/moved", Optional.empty());
    site.redirect("/moved", "/elsewhere");
    site.file("/elsewhere", "B".getBytes(UTF_8));
    try (SiteContents contents = SiteContents.fetch(site.origin())) {
      assertThat(contents.entries()).hasSize(1);
    }

    site.redirect("/elsewhere", "/moved");
    assertThatThrownBy(() -> SiteContents.fetch(site.origin()))
        .hasMessageContaining("from one address to the next without end");

    site.redirect("/moved", "http://skills.example/x");
    assertThatThrownBy(() -> SiteContents.fetch(site.origin()))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("only https is");

    try (var web = new WebFetch(URI.create("https://skills.example/"))) {
      assertThatThrownBy(() -> web.get(URI.create(site.url() + "/moved"), 10))
          .hasMessageContaining("which is on this machine; that is refused");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{|is no JSON",
        "{\"skills\": []}|is of another version",
        "{\"$schema\": \"x\", \"skills\": []}|than 0.2.0: x",
      })
  void saysWhatIsWrongWithAnIndex(String index, String message) {
    site.index(index);

    assertThatThrownBy(() -> SiteContents.fetch(site.origin()))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining(message);
  }

  @Test
  void saysWhatIsWrongWithASkill() throws Exception {
    assertThatThrownBy(() -> SiteContents.fetch(site.origin()))
        .hasMessageContaining("answers with status 404; check the address");

    site.offer("brew", "skill-md", "/none", Optional.empty());
    assertThatThrownBy(() -> SiteContents.fetch(site.origin()))
        .hasMessageContaining("/none answers with status 404");

    site.offer("brew", "skill-md", "/none", Optional.empty());
    assertThatThrownBy(() -> SiteContents.fetch(site.origin()))
        .hasMessageContaining("names the skill 'brew' twice");
  }

  @Test
  void saysWhatIsWrongWithAnArchive() throws Exception {
    assertThat(failure("a", zip(Map.of("docs/SKILL.md", "S")))).contains("no SKILL.md at its top");
    assertThat(failure("b", "no archive".getBytes(UTF_8))).contains("is damaged, or neither zip");
    assertThat(failure("c", zip(Map.of("SKILL.md", "x".repeat((16 << 20) + 1)))))
        .contains("unpacks to more than 512 files or 16 MiB");
    var many = new TreeMap<String, String>();
    for (int i = 0; i < 600; i++) {
      many.put("f" + i, "x");
    }
    assertThat(failure("d", tar(many))).contains("unpacks to more than 512 files or 16 MiB");
  }

  @Test
  void refusesNamesThatAreNone() {
    site.offer("../x", "skill-md", "/x", Optional.empty());

    assertThatThrownBy(() -> SiteContents.fetch(site.origin()))
        .hasMessageContaining("names a skill '../x', which is no name of one");
  }

  private String failure(String name, byte[] archive) throws Exception {
    try (var other = new SiteFixture()) {
      other.file("/a", archive);
      other.offer(name, "archive", "/a", Optional.empty());
      SiteContents.fetch(other.origin()).close();
      return "";
    } catch (SourceException told) {
      return told.getMessage() + "";
    }
  }

  private static Map<String, String> texts(SiteContents contents) {
    var texts = new TreeMap<String, String>();
    for (SourceEntry entry : contents.entries()) {
      texts.put(entry.kind() + " " + entry.path(), new String(contents.read(entry), UTF_8));
    }
    return texts;
  }

  private static byte[] zip(Map<String, String> files) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var zip = new ZipArchiveOutputStream(out)) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        var entry = new ZipArchiveEntry(file.getKey().replace("*", ""));
        entry.setUnixMode(file.getKey().endsWith("*") ? 0100755 : 0100644);
        zip.putArchiveEntry(entry);
        zip.write(file.getValue().getBytes(UTF_8));
        zip.closeArchiveEntry();
      }
    }
    return out.toByteArray();
  }

  private static byte[] tar(Map<String, String> files) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(new GzipCompressorOutputStream(out))) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        boolean isLink = file.getKey().endsWith("@");
        String name = file.getKey().replace("*", "").replace("@", "");
        var entry =
            isLink ? new TarArchiveEntry(name, TarConstants.LF_SYMLINK) : new TarArchiveEntry(name);
        byte[] content = isLink ? new byte[0] : file.getValue().getBytes(UTF_8);
        if (isLink) {
          entry.setLinkName(file.getValue());
        }
        entry.setMode(file.getKey().endsWith("*") ? 0755 : 0644);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
      }
    }
    return out.toByteArray();
  }
}
