package dev.homeport.sandbox.session;

import dev.homeport.sandbox.FileChange;
import dev.homeport.sandbox.FileChange.Kind;
import dev.homeport.sandbox.SandboxException;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Brings changes of one sandbox back into the workspace, under the workspace's locks.
final class ChangeApplier {
  private final LiveSandbox live;
  private final Provisioner provisioner;
  private final ChangeTarget target;

  ChangeApplier(LiveSandbox live, Provisioner provisioner, ChangeTarget target) {
    this.live = live;
    this.provisioner = provisioner;
    this.target = target;
  }

  /// Deletions come first, so that a file may take the place of a directory.
  List<ApplyOutcome> apply(List<FileChange> changes, List<WorkspacePath> paths)
      throws IOException, InterruptedException {
    var outcomes = new ArrayList<ApplyOutcome>();
    for (FileChange change : chosen(changes, paths, outcomes)) {
      outcomes.add(apply(change));
    }
    List<WorkspacePath> applied =
        outcomes.stream()
            .filter(ApplyOutcome.Applied.class::isInstance)
            .map(ApplyOutcome::path)
            .toList();
    if (!applied.isEmpty()) {
      live.sandbox().settle(applied);
    }
    return outcomes;
  }

  private static List<FileChange> chosen(
      List<FileChange> changes, List<WorkspacePath> paths, List<ApplyOutcome> outcomes) {
    var byDeletion = Comparator.comparing((FileChange change) -> change.kind() != Kind.DELETED);
    if (paths.isEmpty()) {
      return changes.stream().sorted(byDeletion).toList();
    }
    Map<WorkspacePath, FileChange> byPath = new HashMap<>();
    changes.forEach(change -> byPath.put(change.path(), change));
    var chosen = new ArrayList<FileChange>();
    for (WorkspacePath path : paths) {
      FileChange change = byPath.get(path);
      if (change == null) {
        outcomes.add(new ApplyOutcome.Refused(path, "it did not change in the sandbox"));
      } else {
        chosen.add(change);
      }
    }
    return chosen.stream().sorted(byDeletion).toList();
  }

  private ApplyOutcome apply(FileChange change) throws IOException, InterruptedException {
    WorkspacePath path = change.path();
    if (!provisioner.template().policy().allowsApply(path)) {
      return new ApplyOutcome.Refused(path, "it is protected from sandboxes; edit it yourself");
    }
    if (!change.regular()) {
      return new ApplyOutcome.Refused(path, "it is not a regular file");
    }
    Workspace workspace = provisioner.workspace();
    try (var _ = workspace.lock(List.of(path))) {
      return change.kind() == Kind.DELETED
          ? delete(change, workspace)
          : write(change, live.read(path.toString(), Sandboxes.LARGEST_FILE), workspace);
    } catch (WorkspaceException | SandboxException e) {
      return new ApplyOutcome.Refused(path, String.valueOf(e.getMessage()));
    }
  }

  private ApplyOutcome delete(FileChange change, Workspace workspace)
      throws IOException, InterruptedException {
    Optional<String> conflict = live.ledger().conflict(change, workspace);
    if (conflict.isPresent()) {
      return new ApplyOutcome.Conflict(change.path(), conflict.get());
    }
    target.delete(change.path());
    return new ApplyOutcome.Applied(change);
  }

  private ApplyOutcome write(FileChange change, byte[] content, Workspace workspace)
      throws IOException, InterruptedException {
    if (holds(workspace, change.path(), content)) {
      return new ApplyOutcome.Applied(change);
    }
    Optional<String> conflict = live.ledger().conflict(change, workspace);
    if (conflict.isPresent()) {
      return new ApplyOutcome.Conflict(change.path(), conflict.get());
    }
    target.write(change.path(), content);
    return new ApplyOutcome.Applied(change);
  }

  private static boolean holds(Workspace workspace, WorkspacePath path, byte[] content)
      throws IOException {
    var info = workspace.stat(path);
    return info.isPresent()
        && info.get().isFile()
        && info.get().bytes() == content.length
        && Arrays.equals(workspace.read(path, content.length), content);
  }
}
