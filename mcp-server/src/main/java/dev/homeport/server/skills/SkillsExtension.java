package dev.homeport.server.skills;

import dev.homeport.server.protocol.Client;
import dev.homeport.server.protocol.Message;
import dev.homeport.server.protocol.Methods;
import dev.homeport.server.protocol.ProtocolException;
import dev.homeport.server.protocol.RpcError;
import dev.homeport.server.tool.Lazy;
import dev.homeport.skills.publish.PublishedFile;
import dev.homeport.skills.publish.PublishedSkill;
import dev.homeport.skills.publish.SkillPublisher;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// The Skills extension of MCP (SEP-2640, `io.modelcontextprotocol/skills`): `skills/list`,
/// `skills/get`, `resources/directory/read`, and `resources/read` of `skill://` addresses.
/// `resources/list` names the first page of skills beside the other resources.
///
/// What is unknown, a cursor too, is -32602. Thread-safe.
public final class SkillsExtension implements Methods {
  /// The id under which a server declares it.
  public static final String ID = "io.modelcontextprotocol/skills";

  /// What a server declares.
  public static final Map<String, Object> CAPABILITY = Map.of("directoryRead", true);

  private final Lazy<SkillPublisher> publisher;
  private final OpenSkills skills;
  private final Supplier<List<Map<String, Object>>> others;

  /// @param skills the skills
  /// @param others the other resources, as the protocol lists them
  public SkillsExtension(OpenSkills skills, Supplier<List<Map<String, Object>>> others) {
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
  public Optional<Map<String, Object>> answer(Message.Request request, Client client)
      throws ProtocolException, InterruptedException {
    Optional<Method> method = method(request.method(), request.params());
    return method.isPresent() ? Optional.of(answer(request, method.get())) : Optional.empty();
  }

  private Optional<Method> method(String name, Map<String, ?> params) {
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

  private static Map<String, Object> answer(Message.Request request, Method method)
      throws ProtocolException, InterruptedException {
    try {
      return method.answer();
    } catch (UnknownException unknown) {
      Map<String, Object> data =
          request.params().get("uri") instanceof String uri ? Map.of("uri", uri) : Map.of();
      throw new ProtocolException(
          new RpcError(RpcError.INVALID_PARAMS, String.valueOf(unknown.getMessage()), data));
    } catch (ClosedByInterruptException _) {
      throw new InterruptedException();
    } catch (IOException failed) {
      System.getLogger(SkillsExtension.class.getName())
          .log(Level.ERROR, "method=" + request.method(), failed);
      throw new ProtocolException(
          RpcError.INTERNAL_ERROR, "the skills could not be read; see the server's log");
    }
  }

  private Map<String, Object> list(Map<String, ?> params)
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

  private Map<String, Object> get(Map<String, ?> params)
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

  private Map<String, Object> directory(Map<String, ?> params)
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

  private static SkillUri uri(Map<String, ?> params) throws UnknownException {
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
