package dev.homeport.secret;

import java.util.Locale;

/// The kinds of secrets whose form alone gives them away.
public enum SecretKind {
  /// An access key id of AWS, such as `AKIA…`.
  AWS_KEY,
  /// An API key of Google Cloud, such as `AIza…`.
  GOOGLE_KEY,
  /// An account key in a connection string of Azure Storage.
  AZURE_KEY,
  /// A token of GitHub, such as `ghp_…` or `github_pat_…`.
  GITHUB_TOKEN,
  /// A token of GitLab, such as `glpat-…`.
  GITLAB_TOKEN,
  /// A token of Slack, such as `xoxb-…`.
  SLACK_TOKEN,
  /// An API key of Anthropic, such as `sk-ant-…`.
  ANTHROPIC_KEY,
  /// An API key of OpenAI, such as `sk-proj-…`.
  OPENAI_KEY,
  /// A live key of Stripe, such as `sk_live_…`.
  STRIPE_KEY,
  /// An upload token of a package registry (npm, PyPI) or of Hugging Face.
  REGISTRY_TOKEN,
  /// A private key in PEM form.
  PRIVATE_KEY,
  /// A signed JSON Web Token.
  JSON_WEB_TOKEN,
  /// The password in a URL such as `postgres://user:password@host`.
  URL_PASSWORD,
  /// The value of `export NAME_TOKEN=…` and its like in a shell script.
  EXPORTED_SECRET;

  /// What stands in the place of a masked secret.
  public String mask() {
    return "[masked " + name().toLowerCase(Locale.ROOT).replace('_', '-') + "]";
  }
}
