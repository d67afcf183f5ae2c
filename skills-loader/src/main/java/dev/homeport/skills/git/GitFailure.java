package dev.homeport.skills.git;

import dev.homeport.skills.source.Shown;
import dev.homeport.skills.source.SourceException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;

/// Says in words why a repository could not be read, and what to do.
final class GitFailure {
  private static final int LONGEST = 300;

  private GitFailure() {}

  /// @param url the address, which holds no secret
  static SourceException explain(String url, IOException failure) {
    List<Throwable> causes = causes(failure);
    String said = said(causes);
    return new SourceException(
        "%s cannot be read: %s".formatted(url, reason(causes, said)), failure);
  }

  private static String reason(List<Throwable> causes, String said) {
    String lower = said.toLowerCase(Locale.ROOT);
    if (lower.contains("host key") || lower.contains("server key")) {
      return "the key of the host is unknown or another one than before; connect once with ssh,"
          + " which takes it into ~/.ssh/known_hosts";
    }
    if (has(causes, UnknownHostException.class)
        || has(causes, ConnectException.class)
        || has(causes, NoRouteToHostException.class)
        || has(causes, SocketTimeoutException.class)) {
      return "the host cannot be reached; what was fetched before stays in use, and --offline takes"
          + " what is in the cache";
    }
    if (lower.contains("not authorized")
        || lower.contains("authentication")
        || lower.contains("auth fail")
        || lower.contains("no more authentication")) {
      return "it wants a login; for https put one into ~/.netrc, for ssh a key without passphrase"
          + " into ~/.ssh";
    }
    if (has(causes, NoRemoteRepositoryException.class) || lower.contains("not found")) {
      return "there is no repository, or it is hidden from those without a login; check the"
          + " address";
    }
    if (lower.contains("cancel")) {
      return "it took too long; try again, or name a smaller repository";
    }
    return said;
  }

  private static boolean has(List<Throwable> causes, Class<? extends Throwable> type) {
    return causes.stream().anyMatch(type::isInstance);
  }

  private static List<Throwable> causes(Throwable failure) {
    var causes = new ArrayList<Throwable>();
    for (Throwable cause = failure;
        cause != null && !causes.contains(cause);
        cause = cause.getCause()) {
      causes.add(cause);
    }
    return causes;
  }

  /// What the libraries said, the innermost last, on one line.
  private static String said(List<Throwable> causes) {
    var texts = new ArrayList<String>();
    for (Throwable cause : causes) {
      String text = String.valueOf(cause.getMessage()).strip();
      if (!text.isEmpty() && texts.stream().noneMatch(known -> known.contains(text))) {
        texts.add(text);
      }
    }
    String all = Shown.of(String.join("; ", texts));
    return all.length() <= LONGEST ? all : all.substring(0, LONGEST) + "…";
  }
}
