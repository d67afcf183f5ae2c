package dev.homeport.secret;

import java.util.List;

/// A token with a fixed prefix, followed by a run of characters of one alphabet.
///
/// @param kind what it is
/// @param prefix how it begins
/// @param punctuation what may stand in the run besides ASCII letters and digits
/// @param shortest the fewest characters after the prefix
/// @param longest the most characters after the prefix; a longer run is something else
record TokenRule(SecretKind kind, String prefix, String punctuation, int shortest, int longest) {
  /// All rules; where one prefix begins with another, the longer one stands first.
  static final List<TokenRule> ALL =
      List.of(
          new TokenRule(SecretKind.AWS_KEY, "AKIA", "", 16, 16),
          new TokenRule(SecretKind.AWS_KEY, "ASIA", "", 16, 16),
          new TokenRule(SecretKind.GOOGLE_KEY, "AIza", "_-", 35, 35),
          new TokenRule(SecretKind.GOOGLE_KEY, "GOCSPX-", "_-", 28, 28),
          new TokenRule(SecretKind.AZURE_KEY, "AccountKey=", "+/=", 88, 88),
          new TokenRule(SecretKind.GITHUB_TOKEN, "github_pat_", "_", 40, 255),
          new TokenRule(SecretKind.GITHUB_TOKEN, "ghp_", "", 36, 255),
          new TokenRule(SecretKind.GITHUB_TOKEN, "gho_", "", 36, 255),
          new TokenRule(SecretKind.GITHUB_TOKEN, "ghu_", "", 36, 255),
          new TokenRule(SecretKind.GITHUB_TOKEN, "ghs_", "._-", 36, 1_024),
          new TokenRule(SecretKind.GITHUB_TOKEN, "ghr_", "", 36, 255),
          new TokenRule(SecretKind.GITLAB_TOKEN, "glpat-", "._-", 20, 255),
          new TokenRule(SecretKind.SLACK_TOKEN, "xoxb-", "-", 20, 255),
          new TokenRule(SecretKind.SLACK_TOKEN, "xoxp-", "-", 20, 255),
          new TokenRule(SecretKind.SLACK_TOKEN, "xoxa-", "-", 20, 255),
          new TokenRule(SecretKind.SLACK_TOKEN, "xoxr-", "-", 20, 255),
          new TokenRule(SecretKind.SLACK_TOKEN, "xoxs-", "-", 20, 255),
          new TokenRule(SecretKind.SLACK_TOKEN, "xapp-", "-", 20, 255),
          new TokenRule(SecretKind.ANTHROPIC_KEY, "sk-ant-", "_-", 32, 255),
          new TokenRule(SecretKind.OPENAI_KEY, "sk-proj-", "_-", 40, 255),
          new TokenRule(SecretKind.OPENAI_KEY, "sk-svcacct-", "_-", 40, 255),
          new TokenRule(SecretKind.OPENAI_KEY, "sk-", "", 48, 48),
          new TokenRule(SecretKind.STRIPE_KEY, "sk_live_", "", 24, 255),
          new TokenRule(SecretKind.STRIPE_KEY, "rk_live_", "", 24, 255),
          new TokenRule(SecretKind.REGISTRY_TOKEN, "npm_", "", 36, 36),
          new TokenRule(SecretKind.REGISTRY_TOKEN, "pypi-AgEI", "_-", 50, 512),
          new TokenRule(SecretKind.REGISTRY_TOKEN, "hf_", "", 34, 40));

  /// The end of the token that starts here, or -1 if none does.
  int end(String text, int start) {
    if (!text.startsWith(prefix, start)) {
      return -1;
    }
    int run = start + prefix.length();
    int end = run;
    while (end < text.length() && end - run <= longest && isTokenCharacter(text.charAt(end))) {
      end++;
    }
    int length = end - run;
    return length < shortest || length > longest || isExample(text, start, end) ? -1 : end;
  }

  private boolean isTokenCharacter(char c) {
    return isAlphanumeric(c) || punctuation.indexOf(c) >= 0;
  }

  /// Vendors end the keys of their documentation so; to mask those would damage honest text.
  private static boolean isExample(String text, int start, int end) {
    int tail = end - "EXAMPLE".length();
    return tail >= start && text.startsWith("EXAMPLE", tail);
  }

  static boolean isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
