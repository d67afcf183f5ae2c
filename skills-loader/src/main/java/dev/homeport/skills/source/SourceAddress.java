package dev.homeport.skills.source;

import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspacePath;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Checks addresses of sources: which protocols are spoken, and that none carries a secret.
public final class SourceAddress {
  /// Where a site publishes its index.
  public static final String WELL_KNOWN = "/.well-known/agent-skills/index.json";

  private static final String WELL_KNOWN_DIRECTORY = "/.well-known/agent-skills";
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private SourceAddress() {}

  /// The origin that an argument of a command names, if it is an address and no directory.
  ///
  /// @param ref a branch, tag or commit; empty for the default branch
  /// @param path a directory in the repository; may be empty
  public static Optional<SourceOrigin> parse(String text, String ref, String path)
      throws SourceException {
    boolean isAddress = text.contains("://") || isScpLike(text);
    if (!isAddress) {
      return Optional.empty();
    }
    if (isWellKnown(text)) {
      if (!ref.isEmpty() || !path.isEmpty()) {
        throw new SourceException(
            "--ref and --path are for git repositories; leave them out for an index of skills");
      }
      return Optional.of(wellKnown(text));
    }
    return Optional.of(git(text, ref, path));
  }

  private static boolean isWellKnown(String text) {
    String plain = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    return plain.endsWith(WELL_KNOWN) || plain.endsWith(WELL_KNOWN_DIRECTORY);
  }

  /// A git repository.
  public static SourceOrigin.Git git(String url, String ref, String path) throws SourceException {
    requirePlain(url);
    if (isScpLike(url)) {
      requireScpLike(url);
    } else {
      requireGitUri(uri(url));
    }
    return new SourceOrigin.Git(url, checkedRef(ref), directory(path));
  }

  /// An index of skills.
  public static SourceOrigin.WellKnown wellKnown(String url) throws SourceException {
    requirePlain(url);
    URI uri = uri(url);
    requireWeb(uri);
    String path = uri.getRawPath();
    if (path.endsWith(WELL_KNOWN)) {
      return new SourceOrigin.WellKnown(uri);
    }
    if (!isWellKnown(url)) {
      throw new SourceException(
          "%s is no index of skills: its path must end in %s".formatted(url, WELL_KNOWN));
    }
    return new SourceOrigin.WellKnown(
        uri.resolve(path.substring(0, path.lastIndexOf(WELL_KNOWN_DIRECTORY)) + WELL_KNOWN));
  }

  private static void requireWeb(URI uri) throws SourceException {
    requireSafe(uri);
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new SourceException(
          "the address of a source may have no part after '?' or '#', where secrets are often put:"
              + " give a branch, tag or commit with --ref");
    }
  }

  /// Checks that an address is of the web, and `https` unless it is of this machine itself.
  ///
  /// @throws SourceException for any other, and for one that carries a user or password
  public static void requireSafe(URI uri) throws SourceException {
    requireHost(uri.toString(), uri.getHost() == null ? "" : uri.getHost());
    boolean isSafe = "https".equals(scheme(uri)) || ("http".equals(scheme(uri)) && isLocal(uri));
    if (!isSafe) {
      throw new SourceException(
          "%s is not fetched: only https is, and http from this machine itself"
              .formatted(withoutUser(uri.toString())));
    }
    if (uri.getRawUserInfo() != null) {
      throw new SourceException(
          "%s was given with a user or password, which would be written down: leave it out; the"
                  .formatted(withoutUser(uri.toString()))
              + " login for a host is read from ~/.netrc");
    }
  }

  /// Whether an address is of this machine itself.
  public static boolean isLocal(URI uri) {
    return uri.getHost() != null && LOOPBACK.contains(uri.getHost());
  }

  private static void requireGitUri(URI uri) throws SourceException {
    switch (scheme(uri)) {
      case "https", "http" -> requireWeb(uri);
      case "ssh" -> {
        requireHost(uri.toString(), uri.getHost() == null ? "" : uri.getHost());
        String user = uri.getRawUserInfo();
        if (user != null && user.contains(":")) {
          throw new SourceException(
              "%s was given with a password, which would be written down: leave it out and use a key"
                  .formatted(withoutUser(uri.toString())));
        }
      }
      case "file" -> {
        if (uri.getRawAuthority() != null || uri.getPath() == null || uri.getPath().isEmpty()) {
          throw new SourceException("give a repository of this machine as file:///its/path");
        }
      }
      default ->
          throw new SourceException(
              "%s: skills are fetched by https, ssh and file, and by http from this machine only"
                  .formatted(withoutUser(uri.toString())));
    }
  }

  private static String scheme(URI uri) {
    return uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
  }

  private static URI uri(String text) throws SourceException {
    try {
      return new URI(text);
    } catch (URISyntaxException wrong) {
      throw new SourceException(
          "'%s' is no address: use https://host/path, ssh://user@host/path or file:///path"
              .formatted(withoutUser(text)));
    }
  }

  /// An address without what stands before the host, for messages.
  private static String withoutUser(String url) {
    int scheme = url.indexOf("://");
    int start = scheme >= 0 ? scheme + 3 : 0;
    int at = url.lastIndexOf('@');
    return Shown.of(at >= start ? url.substring(0, start) + url.substring(at + 1) : url);
  }

  /// Whether an address is of the form `user@host:path` or `host:path`.
  private static boolean isScpLike(String text) {
    int colon = text.indexOf(':');
    int slash = text.indexOf('/');
    return colon > 1 && !text.startsWith("//", colon + 1) && (slash < 0 || slash > colon);
  }

  private static void requireScpLike(String url) throws SourceException {
    int colon = url.indexOf(':');
    int at = url.indexOf('@');
    String path = url.substring(colon + 1);
    if (at > colon) {
      throw new SourceException(
          "'%s' may have a password before the host, which would be written down: leave it out"
              .formatted(withoutUser(url)));
    }
    requireHost(url, url.substring(at + 1, colon));
    if (path.isEmpty() || path.startsWith(":") || path.startsWith("-")) {
      throw new SourceException("'%s' names no repository".formatted(withoutUser(url)));
    }
  }

  private static void requirePlain(String url) throws SourceException {
    if (url.codePoints().anyMatch(c -> c <= ' ' || c > 0x7E || c == '\\')) {
      throw new SourceException(
          "'%s' is no address: write other characters than plain ASCII as %%XX"
              .formatted(withoutUser(url)));
    }
  }

  private static void requireHost(String url, String host) throws SourceException {
    if (host.isEmpty() || host.startsWith("-")) {
      throw new SourceException("'%s' names no host".formatted(withoutUser(url)));
    }
  }

  private static String checkedRef(String ref) throws SourceException {
    boolean isOdd =
        ref.startsWith("-")
            || ref.contains("..")
            || ref.codePoints().anyMatch(c -> c <= ' ' || c == 0x7F || "~^:?*[\\".indexOf(c) >= 0);
    if (isOdd) {
      throw new SourceException(
          "'%s' is no branch, tag or commit; give one name with --ref".formatted(Shown.of(ref)));
    }
    return ref;
  }

  private static WorkspacePath directory(String path) throws SourceException {
    try {
      return WorkspacePath.parse(path);
    } catch (WorkspaceException wrong) {
      throw new SourceException(
          "%s Give a directory below the top of the repository with --path."
              .formatted(wrong.getMessage()));
    }
  }
}
