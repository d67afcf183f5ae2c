package dev.homeport.server;

import dev.homeport.claude.ApprovedImports;
import dev.homeport.claude.ClaudeRoots;
import dev.homeport.file.ReadCopies;
import dev.homeport.index.FileIndex;
import dev.homeport.memory.MemoryStore;
import dev.homeport.result.ResultStore;
import dev.homeport.sandbox.session.Sandboxes;
import dev.homeport.search.IndexStatus;
import dev.homeport.search.IndexedFiles;
import dev.homeport.server.config.Config;
import dev.homeport.server.config.ConfigKey;
import dev.homeport.server.mcp.AnnotatedPrompts;
import dev.homeport.server.mcp.AnnotatedResources;
import dev.homeport.server.mcp.Completions;
import dev.homeport.server.mcp.Instructions;
import dev.homeport.server.mcp.ToolMethods;
import dev.homeport.server.mcp.WorkspacePrompts;
import dev.homeport.server.mcp.WorkspaceResources;
import dev.homeport.server.protocol.Changes;
import dev.homeport.server.protocol.Methods;
import dev.homeport.server.protocol.ServerCard;
import dev.homeport.server.protocol.Surface;
import dev.homeport.server.skills.SandboxedSkills;
import dev.homeport.server.skills.SkillNotice;
import dev.homeport.server.skills.SkillServing;
import dev.homeport.server.tool.AuditLog;
import dev.homeport.server.tool.ContextTools;
import dev.homeport.server.tool.FileTools;
import dev.homeport.server.tool.HistoryTools;
import dev.homeport.server.tool.Lazy;
import dev.homeport.server.tool.MemoryTools;
import dev.homeport.server.tool.PlanTools;
import dev.homeport.server.tool.ResultSink;
import dev.homeport.server.tool.ResultTools;
import dev.homeport.server.tool.SandboxTools;
import dev.homeport.server.tool.SearchTools;
import dev.homeport.server.tool.SessionEgressLog;
import dev.homeport.server.tool.SessionExecLog;
import dev.homeport.server.tool.SessionTools;
import dev.homeport.server.tool.SkillSection;
import dev.homeport.server.tool.SkillTools;
import dev.homeport.server.tool.ToolCallLog;
import dev.homeport.server.tool.ToolContext;
import dev.homeport.server.tool.ToolObserver;
import dev.homeport.server.tool.ToolRegistry;
import dev.homeport.server.tool.Toolset;
import dev.homeport.server.tool.WakeReport;
import dev.homeport.session.Sessions;
import dev.homeport.skills.SkillCatalog;
import dev.homeport.skills.publish.SkillCopies;
import dev.homeport.workspace.Workspace;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One workspace with the libraries that serve it, each opened on first use. Thread-safe.
///
/// This is the place where the libraries meet: they know one another only through small interfaces
/// that are wired here.
public final class Homeport implements AutoCloseable {
  private final UserDirectories user;
  private final Config config;
  private final String principal;
  private final Lazy<Workspace> workspace;
  private final Lazy<ReadCopies> readCopies;
  private final Lazy<MemoryStore> memory;
  private final Lazy<Sandboxes> sandboxes;
  private final Lazy<SkillCatalog> skills;
  private final Lazy<SkillCopies> skillCopies;
  private final SkillServing skillServing;
  private final SkillOpening skillOpening;
  private final SearchOpening search;
  private final Runnable earlySandboxes;
  private final Lazy<FileIndex> index;
  private final Lazy<Sessions> sessions;
  private final Lazy<ResultStore> results;
  private final ResultSink resultSink;
  private final ToolRegistry tools;
  private final Changes changes;
  private final ServerCard card;
  private final Methods methods;

  /// @param search the files of the same workspace, which are closed with this
  /// @param watching is told of each call of a tool
  Homeport(
      ServerConfig server,
      UserDirectories user,
      Changes changes,
      SearchOpening search,
      ToolObserver watching) {
    this.user = user;
    this.search = search;
    this.changes = changes;
    config = server.config();
    principal = server.principal();
    workspace = search.workspace();
    readCopies = Lazy.of(this::openReadCopies);
    memory = Lazy.of(() -> MemoryOpening.open(workspace.get(), user, config));
    skillCopies = Lazy.of(() -> new SkillCopies(cache("skill-copies")));
    sandboxes = Lazy.of(this::openSandboxes);
    skills = Lazy.of(this::openSkills);
    skillOpening = new SkillOpening(server, user);
    var workspaceResources = new WorkspaceResources(workspace, memory);
    var resources = new AnnotatedResources(workspaceResources);
    var prompts = new AnnotatedPrompts(new WorkspacePrompts());
    skillServing =
        new SkillServing(
            server.tools().toolsets().contains(Toolset.SKILLS),
            skills,
            SkillSettings.usage(user),
            new SkillServing.Others(resources::list, prompts::list),
            changes);
    earlySandboxes =
        server.tools().toolsets().contains(Toolset.SANDBOX)
            ? () -> SandboxOpening.early(user.state(), sandboxes)
            : () -> {};
    index = Lazy.of(() -> FileIndex.open(workspace.get(), search.files().get(), cache("index")));
    sessions = Lazy.of(this::openSessions);
    results = Lazy.of(this::openResults);
    resultSink = ResultTools.sink(results);
    tools =
        ToolRegistry.of(toolsets(server.tools()), server.tools(), resultSink, observer(watching))
            .allowing(config.allowed());
    card = card(server, user);
    Methods lists = skillServing.methods().and(resources).and(prompts);
    methods =
        new ToolMethods(tools, this::context)
            .and(lists)
            .and(new Completions(workspaceResources, lists));
  }

  /// Wires everything and opens nothing yet.
  public static Homeport open(ServerConfig config) {
    return open(config, UserDirectories.ofProcess());
  }

  /// Wires everything for a user whose directories are these.
  public static Homeport open(ServerConfig config, UserDirectories user) {
    return open(config, user, ToolObserver.NONE);
  }

  /// The same, with somebody who is told of each call of a tool.
  static Homeport open(ServerConfig config, UserDirectories user, ToolObserver watching) {
    return new Homeport(config, user, new Changes(), new SearchOpening(config, user), watching);
  }

  /// The tools that are switched on.
  public ToolRegistry tools() {
    return tools;
  }

  /// The surroundings of a call.
  ///
  /// @param clientName the name that the client gave itself
  /// @param meta the `_meta` of the request
  /// @param progress where progress reports go
  public ToolContext context(
      String clientName, Map<String, ?> meta, ToolContext.Progress progress) {
    return new ToolContext(SessionTools.source(sessions, principal), clientName, meta, progress);
  }

  /// Everything that an MCP client can see.
  public Surface surface() {
    return new Surface(card, methods, changes);
  }

  /// What such a server says of itself, before anything is wired.
  static ServerCard card(ServerConfig config, UserDirectories user) {
    boolean skills = config.tools().toolsets().contains(Toolset.SKILLS);
    SkillNotice notice = SkillOpening.notice(config, user);
    return new ServerCard(
        Main.version(),
        skills ? SkillServing.CHANGING : Set.of(),
        skills ? SkillServing.EXTENSIONS : Map.of(),
        () -> Instructions.text(skills ? notice.text() : ""));
  }

  Methods methods() {
    return methods;
  }

  /// How many sandboxes are there.
  int sandboxes() {
    return sandboxes.opened().map(Sandboxes::made).orElse(0);
  }

  /// What is indexed, if something was searched already.
  Optional<IndexStatus> indexStatus() {
    return search.indexed().opened().map(IndexedFiles::status);
  }

  /// Begins what clients will need soon.
  void begin() {
    search.begin();
    earlySandboxes.run();
  }

  /// Library owners: one entry here per toolset object. It gets the libraries that it needs as
  /// [Lazy] and must open none of them in its constructor.
  private Map<Toolset, List<Object>> toolsets(ToolRegistry.Selection selection) {
    var toolsets = new EnumMap<Toolset, List<Object>>(Toolset.class);
    toolsets.put(
        Toolset.SANDBOX,
        List.of(
            new SandboxTools(
                sandboxes,
                Lazy.of(() -> VersionedTarget.of(workspace.get())),
                resultSink,
                new SessionExecLog(sessions))));
    toolsets.put(Toolset.SKILLS, List.of(skillTools(selection)));
    toolsets.put(
        Toolset.MEMORY,
        List.of(new MemoryTools(memory), new HistoryTools(workspace, memory, readCopies)));
    toolsets.put(Toolset.FILES, List.of(new FileTools(workspace, readCopies)));
    toolsets.put(Toolset.PLAN, List.of(new PlanTools(workspace, sessions)));
    toolsets.put(
        Toolset.CONTEXT,
        List.of(new ContextTools(wake()), new SessionTools(sessions), new ResultTools(results)));
    toolsets.put(
        Toolset.SEARCH,
        List.of(new SearchTools(workspace, search.files(), search.indexed(), index)));
    return toolsets;
  }

  private SkillTools skillTools(ToolRegistry.Selection selection) {
    var trusted = config.paths(ConfigKey.SKILLS_RUN_COMMANDS, user.home());
    var sandboxed = new SandboxedSkills(sandboxes, skillCopies, trusted);
    return new SkillTools(
        skills, SkillSettings.usage(user), new SkillTools.Setting(sandboxed::of, selection));
  }

  private WakeReport wake() {
    return new WakeReport(
        workspace,
        sessions,
        memory,
        new SkillSection(skills),
        new WakeReport.InstructionSources(
            ClaudeRoots.on(user.home()),
            ApprovedImports.parse(config.approvedImports(), user.home())));
  }

  private Sandboxes openSandboxes() throws IOException, InterruptedException {
    return SandboxOpening.open(
        workspace.get(),
        user.state(),
        config.sandboxes(user.home()).withMounts(List.of(SandboxedSkills.mount(skillCopies.get()))),
        new SessionEgressLog(sessions));
  }

  private ResultStore openResults() throws IOException, InterruptedException {
    return ResultStore.in(
        workspace.get(), InstantSource.system(), config.results(), config.allowed());
  }

  private Sessions openSessions() throws IOException, InterruptedException {
    return config.isOn(ConfigKey.SESSION_HASH_CHAIN)
        ? Sessions.chained(workspace.get(), InstantSource.system())
        : Sessions.in(workspace.get(), InstantSource.system());
  }

  private ToolObserver observer(ToolObserver watching) {
    var files = new AuditFiles(user.state().resolve("audit"));
    var audit = new AuditLog(files, principal, InstantSource.system());
    ToolObserver both = audit.and(watching);
    return config.isOn(ConfigKey.LOG_TOOL_CALLS) ? both.and(new ToolCallLog(sessions)) : both;
  }

  /// Where the user has no cache that can be written, what is read is not kept for merges.
  private ReadCopies openReadCopies() throws IOException, InterruptedException {
    try {
      return ReadCopies.in(cache("read"));
    } catch (IOException e) {
      log().log(Level.WARNING, "no copies of what is read: {0}", e.getMessage());
      return ReadCopies.NONE;
    }
  }

  private Path cache(String kind) throws IOException, InterruptedException {
    return user.cache(kind, workspace.get().root());
  }

  private SkillCatalog openSkills() throws IOException, InterruptedException {
    return skillOpening.open(workspace.get(), skillServing::changed);
  }

  /// Looked for when it is needed: the search for a logging library would delay the handshake.
  private static System.Logger log() {
    return System.getLogger(Homeport.class.getName());
  }

  /// Closes what was opened.
  @Override
  public void close() {
    sandboxes.opened().ifPresent(SandboxOpening::close);
    index.opened().ifPresent(FileIndex::close);
    search.close();
    skillOpening.close();
    skills.opened().ifPresent(SkillCatalog::close);
  }
}
