package dev.homeport.sandbox.egress;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/// A URL for clients that know no proxy: they get one on the loopback interface of the sandbox, in
/// a variable, and the proxy asks the real one.
///
/// @param variable the variable, such as `OPENAI_BASE_URL`
/// @param secure whether the real one is asked by HTTPS; without, its host must be a loopback
///   address
/// @param host of the real one
/// @param port of the real one
/// @param path the path that both begin with; may be empty
public record BaseUrl(String variable, boolean secure, Host host, int port, String path) {
  private static final int HTTPS = 443;
  private static final int HTTP = 80;

  /// Checks the name of the variable, and that a plain URL stays on this machine.
  public BaseUrl {
    boolean name =
        !variable.isEmpty()
            && !Character.isDigit(variable.charAt(0))
            && variable
                .chars()
                .allMatch(c -> (c < 128 && Character.isLetterOrDigit(c)) || c == '_');
    if (!name) {
      throw new IllegalArgumentException("'" + variable + "' is no name of a variable");
    }
    if (!secure && !host.isLoopback()) {
      throw new IllegalArgumentException(
          variable + " must have an https URL, as its host is no loopback address");
    }
  }

  /// Reads `NAME=https://host/path`.
  public static BaseUrl parse(String text) {
    int equals = text.indexOf('=');
    var wrong = "'" + text + "' must be NAME=https://host/path";
    try {
      var url = new URI(text.substring(equals + 1));
      String scheme = Optional.ofNullable(url.getScheme()).orElse("");
      Optional<Host> host = Optional.ofNullable(url.getHost()).flatMap(Host::parse);
      boolean secure = scheme.equals("https");
      if (equals < 1
          || host.isEmpty()
          || !(secure || scheme.equals("http"))
          || url.getRawQuery() != null
          || url.getRawFragment() != null
          || url.getRawUserInfo() != null) {
        throw new IllegalArgumentException(wrong);
      }
      int standard = secure ? HTTPS : HTTP;
      return new BaseUrl(
          text.substring(0, equals),
          secure,
          host.get(),
          url.getPort() < 0 ? standard : url.getPort(),
          Optional.ofNullable(url.getRawPath()).orElse(""));
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(wrong, e);
    }
  }
}
