package dev.homeport.skills.scan;

import dev.homeport.skills.report.Severity;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.safere.Matcher;
import org.safere.Pattern;

/// Looks at one text for everything that a text can do.
final class TextScan {
  private static final Pattern ENCODED = Pattern.compile("[A-Za-z0-9+/]{40,}={0,2}");

  /// Where encoded data is what one expects.
  private static final Set<String> DATA =
      Set.of("json", "svg", "html", "xml", "css", "ipynb", "lock", "pem", "csv", "yaml", "yml");

  private static final int MOST_ENCODED = 200;
  private static final int LONG_ENCODED = 1_000;
  private static final int MOST_DECODED = 8_192;
  private static final int SHOWN = 90;

  private final ScanText text;
  private final List<ScanHit> hits = new ArrayList<>();

  private TextScan(ScanText text) {
    this.text = text;
  }

  /// Everything that a text has.
  ///
  /// @param name the name of its file
  static List<ScanHit> of(String name, String written, SecretDetector secrets) {
    var scan = new TextScan(ScanText.of(written));
    scan.hits.addAll(HiddenCharacters.in(written));
    for (SecretDetector.Found secret : secrets.find(written)) {
      scan.hits.add(
          new ScanHit(
              secret.isCertain() ? ScanRule.SECRET : ScanRule.POSSIBLE_SECRET,
              secret.line(),
              "looks like a secret (%s); take it out and revoke it".formatted(secret.kind())));
    }
    scan.phrases();
    if (name.equalsIgnoreCase("SKILL.md")) {
      CommandPhrases.ON_LOAD.find(
          scan.text,
          (start, end) -> scan.add(ScanRule.RUNS_ON_LOAD, CommandPhrases.ON_LOAD, start, end));
    }
    scan.hits.addAll(
        name.startsWith("requirements") && name.endsWith(".txt")
            ? InstallCommands.requirements(scan.text)
            : InstallCommands.in(scan.text));
    scan.encoded(DATA.contains(name.substring(name.lastIndexOf('.') + 1)));
    return scan.hits;
  }

  private void phrases() {
    SpokenPhrases.ALL.forEach(
        phrase -> phrase.find(text, (start, end) -> spoken(phrase, start, end)));
    CommandPhrases.ALL.forEach(
        phrase -> phrase.find(text, (start, end) -> command(phrase, start, end)));
  }

  private void spoken(Phrase phrase, int start, int end) {
    boolean isQuoted = text.isQuoted(start, end);
    if (isQuoted && phrase.rule() == ScanRule.UNTOLD) {
      return;
    }
    add(isQuoted ? ScanRule.INJECTION_QUOTED : phrase.rule(), phrase, start, end);
  }

  private void command(Phrase phrase, int start, int end) {
    boolean isUntrusted =
        phrase.rule() == ScanRule.DOWNLOAD
            && CommandPhrases.isUntrusted(text.shown().substring(start, end));
    add(isUntrusted ? ScanRule.DOWNLOAD_UNTRUSTED : phrase.rule(), phrase, start, end);
  }

  private void add(ScanRule rule, Phrase phrase, int start, int end) {
    hits.add(
        new ScanHit(
            rule,
            text.line(start),
            phrase.message() + ": " + shown(text.shown().substring(start, end))));
  }

  /// What was found, on one line and not too long.
  private static String shown(String found) {
    String line = String.join(" ", found.strip().split("\\s+", -1));
    return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
  }

  /// Decodes what may be a text in base64, and looks at it as at any other.
  private void encoded(boolean isData) {
    Matcher matcher = ENCODED.matcher(text.shown());
    boolean isTold = isData;
    for (int i = 0; i < MOST_ENCODED && matcher.find(); i++) {
      int line = text.line(matcher.start());
      Optional<String> decoded = decoded(matcher.group());
      decoded.ifPresent(plain -> inside(plain, line));
      boolean isLong = matcher.end() - matcher.start() >= LONG_ENCODED;
      if (isLong && !isTold && decoded.isEmpty() && !isPicture(matcher.start())) {
        isTold = true;
        hits.add(
            new ScanHit(
                ScanRule.ENCODED,
                line,
                "a long stretch of encoded data; keep it in a file of its own"));
      }
    }
  }

  private boolean isPicture(int start) {
    return text.shown().substring(Math.max(0, start - 64), start).contains("data:");
  }

  private void inside(String plain, int line) {
    var scan = new TextScan(ScanText.of(plain));
    scan.phrases();
    scan.hits.stream()
        .filter(hit -> hit.rule().severity() != Severity.NOTE)
        .findFirst()
        .ifPresent(hit ->
            hits.add(new ScanHit(ScanRule.HIDDEN_CODE, line, "a text in base64 " + hit.message())));
  }

  private static Optional<String> decoded(String encoded) {
    if (encoded.length() > MOST_DECODED) {
      return Optional.empty();
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(encoded);
      String plain = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      boolean isText =
          plain.chars().allMatch(c -> c >= 0x20 || c == '\n' || c == '\t' || c == '\r');
      return isText ? Optional.of(plain) : Optional.empty();
    } catch (IllegalArgumentException | CharacterCodingException noText) {
      return Optional.empty();
    }
  }
}
