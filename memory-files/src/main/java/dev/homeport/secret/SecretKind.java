package dev.homeport.secret;

import java.util.Locale;

/// The kinds of secrets whose form alone gives them away.
public enum SecretKind {
  /// An access key id of AWS, such as `AKIA…`.
  AWS_KEY,
  /// An API key, client secret or access token of Google Cloud, such as `AIza…` or `ya29.…`.
  GOOGLE_KEY,
  /// An account key of Azure Storage, a shared access key, or a client secret of Entra ID.
  AZURE_KEY,
  /// A token of GitHub, such as `ghp_…` or `github_pat_…`.
  GITHUB_TOKEN,
  /// A token of GitLab, such as `glpat-…`.
  GITLAB_TOKEN,
  /// A token of Slack, such as `xoxb-…`, or the address of a webhook.
  SLACK_TOKEN,
  /// An API key of Anthropic, such as `sk-ant-…`.
  ANTHROPIC_KEY,
  /// An API key of OpenAI, such as `sk-proj-…`.
  OPENAI_KEY,
  /// A live key of Stripe, such as `sk_live_…`, or the secret of a webhook.
  STRIPE_KEY,
  /// An upload token of a package registry (npm, PyPI) or of Hugging Face.
  REGISTRY_TOKEN,
  /// A token of another service: DigitalOcean, Docker Hub, SendGrid, Vault; a key of age.
  SERVICE_TOKEN,
  /// A private key in PEM form.
  PRIVATE_KEY,
  /// A signed JSON Web Token.
  JSON_WEB_TOKEN,
  /// The credentials of an `Authorization` header.
  AUTHORIZATION,
  /// The password in a URL such as `postgres://user:password@host`.
  URL_PASSWORD,
  /// The password in a connection string such as `Server=db;User=app;Password=…`.
  CONNECTION_PASSWORD,
  /// The value of `NAME_TOKEN=…` and its like in a shell script or an environment.
  ASSIGNED_SECRET;

  /// The name as people read it, such as `github-token`.
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// What stands in the place of a masked secret.
  public String mask() {
    return "[masked " + label() + "]";
  }
}
