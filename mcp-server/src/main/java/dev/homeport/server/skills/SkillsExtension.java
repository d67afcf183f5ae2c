package dev.homeport.server.skills;

import dev.homeport.server.tool.Lazy;
import dev.homeport.server.transport.ExtensionMethods;
import dev.homeport.skills.publish.PublishedFile;
import dev.homeport.skills.publish.PublishedSkill;
import dev.homeport.skills.publish.SkillPublisher;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse.JSONRPCError;
import io.modelcontextprotocol.spec.McpSchema.Resource;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The Skills extension of MCP (SEP-2640, `io.modelcontextprotocol/skills`): `skills/list`,
/// `skills/get`, `resources/directory/read`, and `resources/read` of `skill://` addresses.
/// `resources/list` names the first page of skills beside the resources of the SDK.
///
/// What is unknown, a cursor too, is -32602. Thread-safe.
public final class SkillsExtension implements ExtensionMethods {
  /// The id under which a server declares it.
  public static final String ID = "io.modelcontextprotocol/skills";

  /// What a server declares.
  public static final Map<String, Object> CAPABILITY = Map.of("directoryRead", true);

  private static final System.Logger LOG = System.getLogger(SkillsExtension.class.getName());

  private final Lazy<SkillPublisher> publisher;
  private final OpenSkills skills;
  private final Lazy<List<Resource>> others;

  /// @param skills the skills
  /// @param others the resources that the SDK answers for
  public SkillsExtension(OpenSkills skills, Lazy<List<Resource>> others) {
    this.publisher = Lazy.of(() -> new SkillPublisher(skills.await()));
    this.skills = skills;
    this.others = others;
  }

  private interface Method {
    Map<String, Object> answer() throws IOException, InterruptedException, UnknownException;
  }

  /// Something that was asked for does not exist.
  private static final class UnknownException extends Exception {
    private static final long serialVersionUID = 1L;

    UnknownException(String message) {
      super(message);
    }
  }

  @Override
  public Optional<JSONRPCResponse> answer(JSONRPCRequest request) {
    Map<?, ?> params = request.params() instanceof Map<?, ?> given ? given : Map.of();
    return method(request.method(), params).map(method -> answer(request, params, method));
  }

  private Optional<Method> method(String name, Map<?, ?> params) {
    return switch (name) {
      case "skills/list" -> Optional.of(() -> list(params));
      case "skills/get" -> Optional.of(() -> get(params));
      case "resources/directory/read" -> Optional.of(() -> directory(params));
      case "resources/list" -> Optional.of(this::resources);
      case "resources/read" ->
          params.get("uri") instanceof String uri && uri.startsWith(SkillUri.SCHEME)
              ? Optional.of(() -> read(uri))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static JSONRPCResponse answer(JSONRPCRequest request, Map<?, ?> params, Method method) {
    try {
      return JSONRPCResponse.result(request.id(), method.answer());
    } catch (UnknownException unknown) {
      Map<String, Object> data =
          params.get("uri") instanceof String uri ? Map.of("uri", uri) : Map.of();
      return error(request, ErrorCodes.INVALID_PARAMS, unknown.getMessage(), data);
    } catch (InterruptedException | ClosedByInterruptException cancelled) {
      Thread.currentThread().interrupt();
      return error(request, ErrorCodes.INTERNAL_ERROR, "cancelled", Map.of());
    } catch (IOException failed) {
      LOG.log(Level.ERROR, "method=" + request.method(), failed);
      String message = "the skills could not be read; see the server's log";
      return error(request, ErrorCodes.INTERNAL_ERROR, message, Map.of());
    }
  }

  private static JSONRPCResponse error(
      JSONRPCRequest request, int code, @Nullable String message, Map<String, Object> data) {
    return JSONRPCResponse.error(request.id(), new JSONRPCError(code, message, data));
  }

  private Map<String, Object> list(Map<?, ?> params)
      throws IOException, InterruptedException, UnknownException {
    Optional<SkillPublisher.Page> page =
        publisher.get().list(Optional.ofNullable(params.get("cursor")).map(String::valueOf));
    if (page.isEmpty()) {
      throw new UnknownException("`cursor` is none that skills/list gave");
    }
    var result = new LinkedHashMap<String, Object>();
    result.put("skills", page.get().skills().stream().map(SkillsExtension::entry).toList());
    page.get().nextCursor().ifPresent(next -> result.put("nextCursor", next));
    return result;
  }

  private Map<String, Object> resources() throws IOException, InterruptedException {
    var resources = new ArrayList<Object>(others.get());
    if (skills.get().isPresent()) {
      publisher
          .get()
          .list(Optional.empty())
          .ifPresent(page ->
              page.skills()
                  .forEach(skill -> resources.add(fileResource(skill, skill.files().getFirst()))));
    }
    return Map.of("resources", resources);
  }

  private Map<String, Object> get(Map<?, ?> params)
      throws IOException, InterruptedException, UnknownException {
    SkillUri uri = uri(params);
    if (!uri.path().equals("SKILL.md")) {
      throw new UnknownException("there is no skill at " + uri.text());
    }
    return Map.of("skill", entry(skill(uri)));
  }

  private static Map<String, Object> entry(PublishedSkill skill) {
    var entry = new LinkedHashMap<String, Object>();
    entry.put("uri", new SkillUri(skill.name(), "SKILL.md").text());
    entry.put("frontmatter", skill.frontmatter());
    entry.put("resources", skill.files().stream().map(file -> resource(skill, file)).toList());
    return entry;
  }

  private static Map<String, Object> resource(PublishedSkill skill, PublishedFile file) {
    var resource = new LinkedHashMap<String, Object>();
    resource.put("uri", new SkillUri(skill.name(), file.path()).text());
    resource.put("digest", "sha256:" + file.sha256());
    resource.put("size", file.bytes());
    return resource;
  }

  private Map<String, Object> directory(Map<?, ?> params)
      throws IOException, InterruptedException, UnknownException {
    SkillUri uri = uri(params);
    PublishedSkill skill = skill(uri);
    if (params.get("cursor") != null) {
      throw new UnknownException("`cursor` is none that resources/directory/read gave");
    }
    String prefix = uri.path().isEmpty() ? "" : uri.path() + "/";
    var children = new LinkedHashMap<String, Map<String, Object>>();
    for (PublishedFile file : skill.files()) {
      if (!file.path().startsWith(prefix)) {
        continue;
      }
      int slash = file.path().indexOf('/', prefix.length());
      String child = slash < 0 ? file.path() : file.path().substring(0, slash);
      children.putIfAbsent(
          child, slash < 0 ? fileResource(skill, file) : directoryResource(skill, child));
    }
    if (children.isEmpty()) {
      throw new UnknownException(uri.text() + " is no directory of a skill");
    }
    return Map.of("resources", List.copyOf(new ArrayList<>(children.values())));
  }

  private static Map<String, Object> fileResource(PublishedSkill skill, PublishedFile file) {
    var resource = new LinkedHashMap<String, Object>();
    boolean isSkillFile = file.path().equals("SKILL.md");
    resource.put("uri", new SkillUri(skill.name(), file.path()).text());
    resource.put("name", isSkillFile ? skill.name() : name(file.path()));
    if (isSkillFile) {
      resource.put("description", skill.description());
    }
    resource.put("mimeType", FileTypes.of(file.path()));
    resource.put("size", file.bytes());
    return resource;
  }

  private static Map<String, Object> directoryResource(PublishedSkill skill, String path) {
    var resource = new LinkedHashMap<String, Object>();
    resource.put("uri", new SkillUri(skill.name(), path).text());
    resource.put("name", name(path));
    resource.put("mimeType", FileTypes.DIRECTORY);
    return resource;
  }

  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private Map<String, Object> read(String text)
      throws IOException, InterruptedException, UnknownException {
    SkillUri uri = SkillUri.parse(text).orElseThrow(() -> unknown(text));
    Optional<byte[]> bytes = publisher.get().read(uri.name(), uri.path());
    if (bytes.isEmpty()) {
      throw missing(uri);
    }
    var content = new LinkedHashMap<String, Object>();
    content.put("uri", text);
    content.put("mimeType", FileTypes.of(uri.path()));
    Optional<String> readable = FileTypes.text(bytes.get());
    content.put(
        readable.isPresent() ? "text" : "blob",
        readable.orElseGet(() -> Base64.getEncoder().encodeToString(bytes.get())));
    return Map.of("contents", List.of(content));
  }

  private static SkillUri uri(Map<?, ?> params) throws UnknownException {
    if (!(params.get("uri") instanceof String text)) {
      throw new UnknownException("`uri` is missing");
    }
    return SkillUri.parse(text).orElseThrow(() -> unknown(text));
  }

  private PublishedSkill skill(SkillUri uri)
      throws IOException, InterruptedException, UnknownException {
    Optional<PublishedSkill> found = publisher.get().find(uri.name());
    if (found.isEmpty()) {
      throw missing(uri);
    }
    return found.get();
  }

  /// For a skill that is there but not published, with the reason.
  private UnknownException missing(SkillUri uri) throws IOException, InterruptedException {
    Optional<String> reason = publisher.get().refusal(uri.name());
    return reason.isPresent()
        ? new UnknownException("%s is not served: %s".formatted(uri.text(), reason.get()))
        : unknown(uri.text());
  }

  private static UnknownException unknown(String uri) {
    return new UnknownException("there is nothing at " + uri);
  }
}
