package dev.homeport.session;

import dev.homeport.workspace.FileInfo;
import dev.homeport.workspace.ProcessLocks;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspaceException.Kind;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The sessions of one workspace, kept below `.homeport/sessions/`. Thread-safe; several processes
/// may share them.
public final class Sessions {
  /// How long a session is gone on with unasked after it was used last.
  public static final Duration IDLE_LIMIT = Duration.ofHours(12);

  /// How exact the time of last use is, so that not every call writes it.
  static final Duration ACTIVE_PRECISION = Duration.ofMinutes(10);

  private final Workspace workspace;
  private final InstantSource clock;
  private final WorkspacePath directory;
  private final SessionFile file;
  private final Map<SessionOwner, SessionId> current = new ConcurrentHashMap<>();
  private final Map<SessionOwner, Session> resolved = new ConcurrentHashMap<>();
  private final ProcessLocks logLocks;
  private final boolean isChained;
  private final Map<SessionId, SessionLog> logs = new ConcurrentHashMap<>();

  private Sessions(Workspace workspace, InstantSource clock, boolean isChained)
      throws WorkspaceException {
    this.workspace = workspace;
    this.clock = clock;
    this.isChained = isChained;
    this.directory = WorkspacePath.parse(Workspace.OWN_DIRECTORY + "/sessions");
    this.file = new SessionFile(workspace, directory);
    // No session can have this name, as it begins with a dot.
    this.logLocks = workspace.locks(directory.child(".lock"));
  }

  /// The sessions of a workspace; nothing is read or written yet.
  public static Sessions in(Workspace workspace, InstantSource clock) throws WorkspaceException {
    return new Sessions(workspace, clock, false);
  }

  /// The same, but the logs carry a chain of hashes from the next event on; see
  /// [SessionLog#verify].
  public static Sessions chained(Workspace workspace, InstantSource clock)
      throws WorkspaceException {
    return new Sessions(workspace, clock, true);
  }

  /// The session that a call belongs to; it counts as used now.
  ///
  /// That is the session asked for, which begins here if there is none of that name; else the one
  /// that this owner used last through this object; else the owner's latest one that was used
  /// within [#IDLE_LIMIT]; else a new one.
  ///
  /// In a workspace that this process cannot write, a new session lasts as long as this object.
  ///
  /// @throws WorkspaceException of kind `DENIED` if the session asked for is another principal's
  public Session resolve(SessionOwner owner, @Nullable SessionId asked)
      throws IOException, InterruptedException {
    if (!Files.isWritable(workspace.root())) {
      return unsaved(owner, asked);
    }
    SessionId id = asked == null ? current.get(owner) : asked;
    Optional<Session> known = id == null ? Optional.empty() : find(id);
    if (known.isPresent() && (asked != null || isFresh(known.get()))) {
      return use(owner, known.get());
    }
    try (var _ = workspace.lock(List.of(directory))) {
      return use(owner, asked == null ? latestOrNew(owner) : namedOrNew(owner, asked));
    }
  }

  /// The id of the session that a call belongs to, as [#resolve] finds it. What was found within
  /// [#ACTIVE_PRECISION] is taken without asking the disk again.
  public SessionId idOf(SessionOwner owner, @Nullable SessionId asked)
      throws IOException, InterruptedException {
    Session recent = resolved.get(owner);
    if (recent != null
        && (asked == null || asked.equals(recent.id()))
        && recent.active().isAfter(clock.instant().minus(ACTIVE_PRECISION))) {
      return recent.id();
    }
    Session session = resolve(owner, asked);
    resolved.put(owner, session);
    return session.id();
  }

  private Session latestOrNew(SessionOwner owner) throws IOException {
    Optional<Session> latest = latest(owner);
    return latest.isPresent() ? latest.get() : begin(owner, SessionId.at(clock.instant()));
  }

  private Optional<Session> latest(SessionOwner owner) throws IOException {
    return list(owner.principal()).stream()
        .filter(session -> session.owner().equals(owner) && isFresh(session))
        .findFirst();
  }

  private Session unsaved(SessionOwner owner, @Nullable SessionId asked) throws IOException {
    SessionId id = asked == null ? current.get(owner) : asked;
    Optional<Session> known = id == null ? latest(owner) : find(id);
    if (known.isPresent()) {
      return owned(owner, known.get());
    }
    Instant now = clock.instant();
    var session = new Session(id == null ? SessionId.at(now) : id, owner, now, now, null);
    current.put(owner, session.id());
    return session;
  }

  private Session namedOrNew(SessionOwner owner, SessionId id) throws IOException {
    Optional<Session> known = find(id);
    return known.isPresent() ? known.get() : begin(owner, id);
  }

  private Session begin(SessionOwner owner, SessionId id) throws IOException {
    Instant now = clock.instant();
    var session = new Session(id, owner, now, now, null);
    file.write(session);
    return session;
  }

  private boolean isFresh(Session session) {
    return session.active().isAfter(clock.instant().minus(IDLE_LIMIT));
  }

  private Session use(SessionOwner owner, Session session)
      throws IOException, InterruptedException {
    current.put(owner, owned(owner, session).id());
    Instant now = clock.instant();
    return session.active().isAfter(now.minus(ACTIVE_PRECISION))
        ? session
        : change(session.id(), old -> old.activeAt(now));
  }

  private static Session owned(SessionOwner owner, Session session) throws WorkspaceException {
    if (!session.owner().principal().equals(owner.principal())) {
      throw new WorkspaceException(
          Kind.DENIED,
          "The session " + session.id() + " belongs to somebody else; call wake to see yours.");
    }
    return session;
  }

  private Session change(SessionId id, UnaryOperator<Session> change)
      throws IOException, InterruptedException {
    try (var _ = workspace.lock(List.of(directory.child(id.text())))) {
      Session changed =
          change.apply(
              find(id)
                  .orElseThrow(() ->
                      new WorkspaceException(
                          Kind.NOT_FOUND, "The session " + id + " does not exist; call wake.")));
      file.write(changed);
      return changed;
    }
  }

  /// The session of this name.
  public Optional<Session> find(SessionId id) throws IOException {
    return file.read(id);
  }

  /// The sessions of a principal, the one used last first.
  public List<Session> list(String principal) throws IOException {
    if (workspace.stat(directory).isEmpty()) {
      return List.of();
    }
    var sessions = new ArrayList<Session>();
    for (FileInfo entry : workspace.list(directory)) {
      if (entry.isDirectory()) {
        readable(entry.path().name())
            .filter(session -> session.owner().principal().equals(principal))
            .ifPresent(sessions::add);
      }
    }
    sessions.sort(Comparator.comparing(Session::active).reversed());
    return sessions;
  }

  /// One broken file must not hide all other sessions.
  private Optional<Session> readable(String name) throws IOException {
    try {
      return find(SessionId.parse(name));
    } catch (WorkspaceException e) {
      System.getLogger(Sessions.class.getName())
          .log(System.Logger.Level.WARNING, "session={0} unreadable", name);
      return Optional.empty();
    }
  }

  /// Makes a plan the active one of a session.
  ///
  /// @throws WorkspaceException of kind `NOT_FOUND` if there is no such session
  public Session bindPlan(SessionId id, WorkspacePath plan)
      throws IOException, InterruptedException {
    return change(id, old -> old.withPlan(plan));
  }

  /// The event log of a session.
  public SessionLog log(SessionId id) throws WorkspaceException {
    var lines = new SegmentedFile(workspace, directory.child(id.text()), SessionLog.SEGMENT_BYTES);
    return logs.computeIfAbsent(id, _ -> new SessionLog(lines, logLocks, clock, isChained));
  }
}
