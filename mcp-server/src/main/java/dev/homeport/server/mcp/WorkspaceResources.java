package dev.homeport.server.mcp;

import dev.homeport.memory.MemoryIndex;
import dev.homeport.memory.MemoryStore;
import dev.homeport.plan.PlanChoice;
import dev.homeport.plan.PlanFile;
import dev.homeport.plan.Plans;
import dev.homeport.result.ResultId;
import dev.homeport.result.ResultStore;
import dev.homeport.server.protocol.ProtocolException;
import dev.homeport.server.protocol.RpcError;
import dev.homeport.server.tool.Lazy;
import dev.homeport.workspace.FileInfo;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.ai.mcp.annotation.McpComplete;
import org.springframework.ai.mcp.annotation.McpResource;

/// What people attach to a conversation: memory files, the plan, stored results. Read only; every
/// answer is bounded.
public final class WorkspaceResources {
  private static final String MEMORY = Workspace.OWN_DIRECTORY + "/memory/";
  private static final String RESULTS = Workspace.OWN_DIRECTORY + "/results/";
  private static final int LIMIT = ResultStore.MAX_SLICE_BYTES;
  private static final String MARKDOWN = "text/markdown";

  private final Lazy<Workspace> workspace;
  private final Lazy<MemoryStore> memory;

  /// @param workspace whose plans and results are offered
  /// @param memory its memory
  public WorkspaceResources(Lazy<Workspace> workspace, Lazy<MemoryStore> memory) {
    this.workspace = workspace;
    this.memory = memory;
  }

  private interface Reading<T> {
    T read() throws IOException, InterruptedException;
  }

  /// The memory indexes of the workspace and of the user.
  @McpResource(
      uri = "memory://index",
      name = "memory-index",
      title = "Memory index",
      description = "What is remembered: MEMORY.md of the workspace and of the user",
      mimeType = MARKDOWN)
  public String memoryIndex() throws ProtocolException {
    return answer(
        "memory://index",
        () ->
            memory.get().indexes().stream()
                .map(MemoryIndex::text)
                .collect(Collectors.joining("\n")));
  }

  /// One memory file of the workspace.
  @McpResource(
      uri = "memory://file/{name}",
      name = "memory-file",
      title = "Memory file",
      description = "A file at the top of /memories, by its name",
      mimeType = MARKDOWN)
  public String memoryFile(String name) throws ProtocolException {
    return answer(
        "memory://file/" + name,
        () -> {
          Workspace opened = workspace.get();
          byte[] bytes = opened.read(opened.path(MEMORY + name), LIMIT);
          return new String(bytes, StandardCharsets.UTF_8);
        });
  }

  /// The names that such a file can have.
  @McpComplete(uri = "memory://file/{name}")
  public List<String> memoryFiles() throws ProtocolException {
    return answer("memory://file", () -> names(MEMORY, name -> true));
  }

  /// The plan in hand.
  @McpResource(
      uri = "plan://current",
      name = "plan",
      title = "Plan",
      description = "The task plan in hand; where there are several, the list of them",
      mimeType = MARKDOWN)
  public String plan() throws ProtocolException {
    return answer(
        "plan://current",
        () -> {
          Plans plans = Plans.in(workspace.get());
          return switch (plans.choose(null, null)) {
            case PlanChoice.Chosen(var path) ->
                plans.read(path).map(PlanFile::text).orElse("There is no plan yet.\n");
            case PlanChoice.Undecided(var several, _) ->
                several.stream()
                    .map(WorkspacePath::toString)
                    .collect(Collectors.joining("\n- ", "There are several plans:\n\n- ", "\n"));
          };
        });
  }

  /// A stored result.
  @McpResource(
      uri = "result://{id}",
      name = "result",
      title = "Stored result",
      description = "The first 1 MiB of a result that was too large for the conversation",
      mimeType = "text/plain")
  public String result(String id) throws ProtocolException {
    return answer(
        "result://" + id,
        () ->
            ResultStore.in(workspace.get(), InstantSource.system())
                .readBytes(ResultId.parse(id), 0, LIMIT)
                .text());
  }

  /// The ids that such a result can have.
  @McpComplete(uri = "result://{id}")
  public List<String> results() throws ProtocolException {
    return answer("result://", () -> names(RESULTS, name -> !name.endsWith(".json")));
  }

  /// The names of the files in a directory; none if it is not there yet.
  private List<String> names(String directory, Predicate<String> fits)
      throws IOException, InterruptedException {
    Workspace opened = workspace.get();
    WorkspacePath path = opened.path(directory.substring(0, directory.length() - 1));
    return opened.stat(path).isEmpty()
        ? List.of()
        : opened.list(path).stream()
            .filter(file -> file.kind() == FileInfo.Kind.FILE)
            .map(file -> file.path().name())
            .filter(fits)
            .toList();
  }

  private static <T> T answer(String uri, Reading<T> reading) throws ProtocolException {
    try {
      return reading.read();
    } catch (WorkspaceException refused) {
      throw unavailable(uri + ": " + refused.getMessage());
    } catch (InterruptedException | ClosedByInterruptException cancelled) {
      Thread.currentThread().interrupt();
      throw unavailable("cancelled");
    } catch (IOException failed) {
      System.getLogger(WorkspaceResources.class.getName())
          .log(Level.ERROR, "resource=" + uri, failed);
      throw unavailable(uri + " could not be read; see the server's log");
    }
  }

  private static ProtocolException unavailable(String reason) {
    return new ProtocolException(RpcError.RESOURCE_NOT_FOUND, reason);
  }
}
