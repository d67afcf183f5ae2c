package dev.homeport.secret;

import static dev.homeport.secret.SecretKind.ANTHROPIC_KEY;
import static dev.homeport.secret.SecretKind.AWS_KEY;
import static dev.homeport.secret.SecretKind.AZURE_KEY;
import static dev.homeport.secret.SecretKind.GITHUB_TOKEN;
import static dev.homeport.secret.SecretKind.GITLAB_TOKEN;
import static dev.homeport.secret.SecretKind.GOOGLE_KEY;
import static dev.homeport.secret.SecretKind.OPENAI_KEY;
import static dev.homeport.secret.SecretKind.REGISTRY_TOKEN;
import static dev.homeport.secret.SecretKind.SERVICE_TOKEN;
import static dev.homeport.secret.SecretKind.SLACK_TOKEN;
import static dev.homeport.secret.SecretKind.STRIPE_KEY;
import static dev.homeport.secret.TokenRule.Alphabet.BASE64;
import static dev.homeport.secret.TokenRule.Alphabet.DASHED;
import static dev.homeport.secret.TokenRule.Alphabet.DOTTED;
import static dev.homeport.secret.TokenRule.Alphabet.LOWER_HEX;
import static dev.homeport.secret.TokenRule.Alphabet.PLAIN;
import static dev.homeport.secret.TokenRule.Alphabet.SLASHED;
import static dev.homeport.secret.TokenRule.Alphabet.SNAKE;
import static dev.homeport.secret.TokenRule.Alphabet.UPPER;
import static dev.homeport.secret.TokenRule.Alphabet.URL;

import java.util.List;
import java.util.stream.IntStream;

/// A token with a fixed prefix, followed by a run of characters of one alphabet.
///
/// @param kind what it is
/// @param prefix how it begins
/// @param alphabet what the run consists of
/// @param shortest the fewest characters after the prefix
/// @param longest the most characters after the prefix; a longer run is something else
record TokenRule(SecretKind kind, String prefix, Alphabet alphabet, int shortest, int longest) {
  /// The characters of a run.
  enum Alphabet {
    /// `0`–`9`, `A`–`Z`.
    UPPER(""),
    /// `0`–`9`, `a`–`f`.
    LOWER_HEX(""),
    /// ASCII letters and digits alone.
    PLAIN(""),
    SNAKE("_"),
    DASHED("-"),
    URL("_-"),
    DOTTED("._-"),
    BASE64("+/="),
    SLASHED("/");

    private final String punctuation;

    Alphabet(String punctuation) {
      this.punctuation = punctuation;
    }

    boolean has(char c) {
      return switch (this) {
        case UPPER -> isDigit(c) || (c >= 'A' && c <= 'Z');
        case LOWER_HEX -> isDigit(c) || (c >= 'a' && c <= 'f');
        default -> isAlphanumeric(c) || punctuation.indexOf(c) >= 0;
      };
    }
  }

  /// All rules; where one prefix begins with another, the longer one stands first.
  static final List<TokenRule> ALL =
      List.of(
          new TokenRule(AWS_KEY, "AKIA", UPPER, 16, 16),
          new TokenRule(AWS_KEY, "ASIA", UPPER, 16, 16),
          new TokenRule(GOOGLE_KEY, "AIza", URL, 35, 35),
          new TokenRule(GOOGLE_KEY, "GOCSPX-", URL, 28, 28),
          new TokenRule(GOOGLE_KEY, "ya29.", URL, 30, 1_024),
          new TokenRule(AZURE_KEY, "AccountKey=", BASE64, 88, 88),
          new TokenRule(AZURE_KEY, "SharedAccessKey=", BASE64, 44, 44),
          new TokenRule(GITHUB_TOKEN, "github_pat_", SNAKE, 40, 255),
          new TokenRule(GITHUB_TOKEN, "ghp_", PLAIN, 36, 255),
          new TokenRule(GITHUB_TOKEN, "gho_", PLAIN, 36, 255),
          new TokenRule(GITHUB_TOKEN, "ghu_", PLAIN, 36, 255),
          new TokenRule(GITHUB_TOKEN, "ghs_", DOTTED, 36, 1_024),
          new TokenRule(GITHUB_TOKEN, "ghr_", PLAIN, 36, 255),
          new TokenRule(GITLAB_TOKEN, "glpat-", DOTTED, 20, 255),
          new TokenRule(GITLAB_TOKEN, "gldt-", URL, 20, 255),
          new TokenRule(GITLAB_TOKEN, "glrt-", DOTTED, 20, 255),
          new TokenRule(GITLAB_TOKEN, "glcbt-", URL, 20, 255),
          new TokenRule(GITLAB_TOKEN, "glptt-", PLAIN, 40, 40),
          new TokenRule(GITLAB_TOKEN, "glagent-", URL, 50, 255),
          new TokenRule(GITLAB_TOKEN, "glsoat-", URL, 20, 255),
          new TokenRule(SLACK_TOKEN, "xoxb-", DASHED, 20, 255),
          new TokenRule(SLACK_TOKEN, "xoxp-", DASHED, 20, 255),
          new TokenRule(SLACK_TOKEN, "xoxa-", DASHED, 20, 255),
          new TokenRule(SLACK_TOKEN, "xoxr-", DASHED, 20, 255),
          new TokenRule(SLACK_TOKEN, "xoxs-", DASHED, 20, 255),
          new TokenRule(SLACK_TOKEN, "xoxc-", DASHED, 20, 255),
          new TokenRule(SLACK_TOKEN, "xapp-", DASHED, 20, 255),
          new TokenRule(SLACK_TOKEN, "hooks.slack.com/services/", SLASHED, 40, 100),
          new TokenRule(ANTHROPIC_KEY, "sk-ant-", URL, 32, 255),
          new TokenRule(OPENAI_KEY, "sk-proj-", URL, 40, 255),
          new TokenRule(OPENAI_KEY, "sk-svcacct-", URL, 40, 255),
          new TokenRule(OPENAI_KEY, "sk-admin-", URL, 40, 255),
          new TokenRule(OPENAI_KEY, "sk-", PLAIN, 48, 48),
          new TokenRule(STRIPE_KEY, "sk_live_", PLAIN, 24, 255),
          new TokenRule(STRIPE_KEY, "rk_live_", PLAIN, 24, 255),
          new TokenRule(STRIPE_KEY, "whsec_", BASE64, 32, 64),
          new TokenRule(REGISTRY_TOKEN, "npm_", PLAIN, 36, 36),
          new TokenRule(REGISTRY_TOKEN, "pypi-AgEI", URL, 50, 512),
          new TokenRule(REGISTRY_TOKEN, "hf_", PLAIN, 34, 40),
          new TokenRule(SERVICE_TOKEN, "dop_v1_", LOWER_HEX, 64, 64),
          new TokenRule(SERVICE_TOKEN, "dckr_pat_", URL, 27, 64),
          new TokenRule(SERVICE_TOKEN, "SG.", DOTTED, 66, 66),
          new TokenRule(SERVICE_TOKEN, "hvs.", URL, 24, 255),
          new TokenRule(SERVICE_TOKEN, "AGE-SECRET-KEY-1", UPPER, 58, 58));

  private static final List<List<TokenRule>> BY_FIRST =
      IntStream.range(0, 128)
          .mapToObj(c -> ALL.stream().filter(rule -> rule.prefix.charAt(0) == c).toList())
          .toList();

  /// The rules whose prefix begins with a character.
  static List<TokenRule> startingWith(char first) {
    return first < BY_FIRST.size() ? BY_FIRST.get(first) : List.of();
  }

  /// The end of the token that starts here, or -1 if none does.
  int end(String text, int start) {
    if (!text.startsWith(prefix, start)) {
      return -1;
    }
    int run = start + prefix.length();
    int end = run;
    while (end < text.length() && end - run <= longest && alphabet.has(text.charAt(end))) {
      end++;
    }
    int length = end - run;
    return length < shortest || length > longest || Placeholder.isOne(text, run, end) ? -1 : end;
  }

  /// Where the secret itself begins: behind a prefix that names it.
  int valueStart(int start) {
    return prefix.endsWith("=") ? start + prefix.length() : start;
  }

  static boolean isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c);
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
