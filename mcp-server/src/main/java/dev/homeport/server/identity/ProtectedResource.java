package dev.homeport.server.identity;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What clients are told about the authorization server whose tokens count here (RFC 9728).
///
/// @param url of this server's endpoint as clients know it: the audience of their tokens
/// @param issuer the authorization server
public record ProtectedResource(URI url, String issuer) {
  private static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";

  /// Where it is found, with and without the path of the endpoint.
  public static final Set<String> PATHS = Set.of(WELL_KNOWN, WELL_KNOWN + "/mcp");

  /// The URL that a refusal names.
  public String metadataUrl() {
    return "%s://%s%s%s".formatted(url.getScheme(), url.getRawAuthority(), WELL_KNOWN, "/mcp");
  }

  /// The document itself.
  public Map<String, Object> metadata() {
    var json = new LinkedHashMap<String, Object>();
    json.put("resource", url.toString());
    json.put("authorization_servers", List.of(issuer));
    json.put("bearer_methods_supported", List.of("header"));
    json.put("resource_name", "Homeport");
    return json;
  }
}
