package dev.homeport.version;

import dev.homeport.version.VersionSegment.Tail;
import dev.homeport.workspace.GroupCommit;
import dev.homeport.workspace.GroupCommit.Answer;
import dev.homeport.workspace.GroupCommit.Pending;
import dev.homeport.workspace.ProcessLocks;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The append-only log of versions in `.homeport/versions/<generation>/`. Thread-safe; several
/// processes may share it.
///
/// One caller appends for all who wait in this process, under a lock of the log's own that other
/// processes respect, so that callers may hold locks of the workspace while they wait. A rewriting
/// makes a new generation under all locks of the workspace: nobody is then between having a content
/// kept and naming it in a version.
final class VersionLog {
  private static final int MOST_ATTEMPTS = 10;
  private static final List<String> LOCK = List.of("append");

  private final Workspace workspace;
  private final InstantSource clock;
  private final Retention retention;
  private final LoadedLog loaded;
  private final ProcessLocks locks;
  private final ReentrantLock state = new ReentrantLock();
  private final AtomicBoolean isForgetting = new AtomicBoolean();
  private final GroupCommit<Recording, Boolean> appends = new GroupCommit<>(this::append);
  private final GroupCommit<Revising, Boolean> rewritings = new GroupCommit<>(this::rewrite);

  VersionLog(Workspace workspace, InstantSource clock, Retention retention)
      throws WorkspaceException {
    this.workspace = workspace;
    this.clock = clock;
    this.retention = retention;
    WorkspacePath directory = WorkspacePath.parse(Workspace.OWN_DIRECTORY + "/versions");
    this.loaded = new LoadedLog(workspace, directory);
    this.locks = workspace.locks(directory.child("lock"));
  }

  /// Whether the log holds a content, durably, and will for as long as the caller holds a lock of
  /// the workspace.
  boolean holds(Snapshot content) throws IOException {
    requireReachable();
    return loaded.index().content(content.sha256()).isPresent();
  }

  /// Fails if the log cannot be read, as when it is a link: then nothing may be changed.
  void requireReachable() throws IOException {
    if (!loaded.isOfNow()) {
      ask(VersionIndex::versions);
    }
  }

  /// The time of what is recorded now.
  Instant now() {
    return clock.instant();
  }

  /// Records changes; they are durable then.
  void commit(Recording recording) throws IOException {
    appends.commit(recording);
  }

  /// What the log says now.
  interface Query<T extends @Nullable Object> {
    T ask(VersionIndex index) throws IOException;
  }

  /// Asks the log, as it is at this moment.
  <T extends @Nullable Object> T ask(Query<T> query) throws IOException {
    state.lock();
    try {
      loaded.refresh();
      return query.ask(loaded.index());
    } finally {
      state.unlock();
    }
  }

  /// The bytes of a content.
  ///
  /// @throws WorkspaceException if the log does not hold it any more or it is damaged
  byte[] read(Snapshot content) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        return ask(_ -> loaded.read(content));
      } catch (WorkspaceException e) {
        // A rewriting by another process may have deleted the segment since it was looked up.
        if (loaded.isOfNow() || attempt == MOST_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private List<Answer<Boolean>> append(List<Recording> recordings)
      throws IOException, InterruptedException {
    try (var _ = locks.acquire(LOCK, Workspace.LOCK_LIMIT)) {
      state.lock();
      try {
        Tail end = loaded.refresh();
        var draft = new VersionDraft(loaded.index(), clock.instant());
        recordings.forEach(draft::add);
        loaded.append(draft.entries(), end);
        forgetIfDue();
        return recordings.stream().map(_ -> Answer.done(true)).toList();
      } finally {
        state.unlock();
      }
    }
  }

  private void forgetIfDue() {
    if (retention.isDue(loaded.index(), clock.instant())
        && isForgetting.compareAndSet(false, true)) {
      rewrite(known -> retention.revision(known, clock.instant()));
    }
  }

  /// Decides what a rewriting does, while nobody else can change a file that Homeport changes.
  interface Revising {
    /// What is to be done; nothing if empty.
    Optional<Revision> decide(VersionIndex index) throws IOException;
  }

  /// Rewrites the log, in a thread of its own, under all locks of the workspace: a caller who waits
  /// must hold none.
  Pending<Boolean> rewrite(Revising revising) {
    return rewritings.begin(revising);
  }

  private List<Answer<Boolean>> rewrite(List<Revising> group) throws InterruptedException {
    var answers = new ArrayList<Answer<Boolean>>();
    for (Revising revising : group) {
      try (var _ = workspace.lockAll();
          var _ = locks.acquire(LOCK, Workspace.LOCK_LIMIT)) {
        answers.add(Answer.done(decideAndRewrite(revising)));
      } catch (IOException e) {
        System.getLogger(VersionLog.class.getName())
            .log(Level.INFO, "the version log was not rewritten: {0}", e.getMessage());
        answers.add(Answer.failed(e));
      } finally {
        isForgetting.set(false);
      }
    }
    return answers;
  }

  private boolean decideAndRewrite(Revising revising) throws IOException {
    state.lock();
    try {
      loaded.refresh();
      Optional<Revision> revision = revising.decide(loaded.index());
      if (revision.isPresent()) {
        loaded.rewrite(revision.get());
      }
      return revision.isPresent();
    } finally {
      state.unlock();
    }
  }
}
