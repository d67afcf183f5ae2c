package dev.homeport.server.mcp;

import dev.homeport.server.protocol.Client;
import dev.homeport.server.protocol.Message;
import dev.homeport.server.protocol.Methods;
import dev.homeport.server.protocol.ProtocolException;
import dev.homeport.server.protocol.RpcError;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.ai.mcp.annotation.McpResource;

/// `resources/list`, `resources/templates/list` and `resources/read`, from the methods of an object
/// that are annotated with Spring AI's `@McpResource`. Thread-safe.
///
/// A method returns the text of the resource. If its address ends in a variable
/// (`memory://{name}`), it takes the value, which is not empty and has no slash.
public final class AnnotatedResources implements Methods {
  private final List<Resource> resources;

  /// @param annotated the object
  /// @throws IllegalArgumentException if an annotated method has another form
  public AnnotatedResources(Object annotated) {
    resources =
        Arrays.stream(annotated.getClass().getDeclaredMethods())
            .filter(method -> method.isAnnotationPresent(McpResource.class))
            .map(method -> new Resource(new TextMethod(annotated, method)))
            .sorted(Comparator.comparing(resource -> resource.address))
            .toList();
  }

  private static final class Resource {
    private final TextMethod method;
    private final McpResource annotation;
    private final String address;

    /// What stands before the variable; the whole address if there is none.
    private final String fixed;

    Resource(TextMethod method) {
      this.method = method;
      annotation = method.annotation(McpResource.class);
      address = annotation.uri();
      int variable = address.indexOf('{');
      fixed = variable < 0 ? address : address.substring(0, variable);
      if (method.parameters().size() != (variable < 0 ? 0 : 1)
          || (variable >= 0 && address.indexOf('}') != address.length() - 1)) {
        throw new IllegalArgumentException(
            method + " must take one string if " + address + " ends in a variable, else nothing");
      }
    }

    boolean isTemplate() {
      return !fixed.equals(address);
    }

    boolean matches(String uri) {
      return isTemplate()
          ? uri.length() > fixed.length()
              && uri.startsWith(fixed)
              && uri.indexOf('/', fixed.length()) < 0
          : uri.equals(fixed);
    }

    Map<String, Object> json() {
      var json = new LinkedHashMap<String, Object>();
      json.put(isTemplate() ? "uriTemplate" : "uri", address);
      json.put("name", annotation.name());
      json.put("title", annotation.title());
      json.put("description", annotation.description());
      json.put("mimeType", annotation.mimeType());
      return json;
    }

    Map<String, Object> read(String uri) throws ProtocolException {
      var contents = new LinkedHashMap<String, Object>();
      contents.put("uri", uri);
      contents.put("mimeType", annotation.mimeType());
      contents.put(
          "text", isTemplate() ? method.call(uri.substring(fixed.length())) : method.call());
      return Map.of("contents", List.of(contents));
    }
  }

  @Override
  public Optional<Map<String, Object>> answer(Message.Request request, Client client)
      throws ProtocolException {
    return switch (request.method()) {
      case "resources/list" -> {
        Cursors.requireNone(request);
        yield Optional.of(Map.of("resources", list()));
      }
      case "resources/templates/list" -> {
        Cursors.requireNone(request);
        yield Optional.of(Map.of("resourceTemplates", json(true)));
      }
      case "resources/read" -> Optional.of(read(request.string("uri")));
      default -> Optional.empty();
    };
  }

  /// The resources as the protocol lists them, without templates.
  public List<Map<String, Object>> list() {
    return json(false);
  }

  private List<Map<String, Object>> json(boolean templates) {
    return resources.stream()
        .filter(resource -> resource.isTemplate() == templates)
        .map(Resource::json)
        .toList();
  }

  private Map<String, Object> read(String uri) throws ProtocolException {
    for (Resource resource : resources) {
      if (resource.matches(uri)) {
        return resource.read(uri);
      }
    }
    throw new ProtocolException(
        new RpcError(
            RpcError.RESOURCE_NOT_FOUND, "there is no resource at " + uri, Map.of("uri", uri)));
  }
}
