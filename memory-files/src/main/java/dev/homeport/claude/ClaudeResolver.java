package dev.homeport.claude;

import dev.homeport.claude.ClaudePiece.Scope;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Finds the instructions that agents are given as files: `CLAUDE.md`, `AGENTS.md` and
/// `.claude/rules`.
///
/// They are read in the order managed, user, then from the root of the workspace down to the
/// working directory: project, rules, local. Each file is followed by what it imports with `@path`;
/// every file appears once. Thread-safe.
public final class ClaudeResolver {
  /// How many imports deep files are loaded.
  public static final int MAX_DEPTH = 4;

  /// The most bytes of one file; a larger one is skipped.
  public static final int MAX_BYTES = 4 << 20;

  private final Workspace workspace;
  private final ClaudeRoots roots;

  private ClaudeResolver(Workspace workspace, ClaudeRoots roots) {
    this.workspace = workspace;
    this.roots = roots;
  }

  /// The instructions of a workspace, and those of these roots outside of it.
  public static ClaudeResolver of(Workspace workspace, ClaudeRoots roots) {
    return new ClaudeResolver(workspace, roots);
  }

  /// The instructions that hold in a directory of the workspace, in full.
  public ClaudeMemory resolve(WorkspacePath directory) throws IOException {
    var found = new ArrayList<ClaudeMemory>();
    if (roots.managedFile().isPresent()) {
      found.add(outside(Scope.MANAGED, roots.managedFile().get(), "managed/"));
    }
    for (Path user : roots.userDirectories()) {
      found.add(outside(Scope.USER, user.resolve("CLAUDE.md"), "~/.claude/"));
      found.add(userRules(user));
    }
    found.add(project(directory));
    return new ClaudeMemory(
        found.stream().flatMap(part -> part.pieces().stream()).toList(),
        found.stream().flatMap(part -> part.conditional().stream()).toList(),
        found.stream().flatMap(part -> part.skipped().stream()).toList());
  }

  private static ClaudeMemory nothing() {
    return new ClaudeMemory(List.of(), List.of(), List.of());
  }

  /// A file that the user or the organisation put there may be a link; where it really stands is
  /// the jail of its imports.
  private static ClaudeMemory outside(Scope scope, Path file, String label) throws IOException {
    if (!Files.isReadable(file) || !Files.isRegularFile(file)) {
      return nothing();
    }
    Path real = file.toRealPath();
    var loader = new PieceLoader(Workspace.open(real.resolveSibling("")), label);
    loader.load(scope, WorkspacePath.parse(String.valueOf(real.getFileName())));
    return loader.result();
  }

  private static ClaudeMemory userRules(Path user) throws IOException {
    if (!Files.isReadable(user) || !Files.isDirectory(user)) {
      return nothing();
    }
    var loader = new PieceLoader(Workspace.open(user), "~/.claude/");
    loader.loadRules(Scope.USER, WorkspacePath.parse("rules"));
    return loader.result();
  }

  private ClaudeMemory project(WorkspacePath directory) throws IOException {
    var loader = new PieceLoader(workspace, "");
    for (int depth = 0; depth <= directory.segments().size(); depth++) {
      var level = new WorkspacePath(directory.segments().subList(0, depth));
      WorkspacePath own = level.child(".claude");
      loader.load(Scope.PROJECT, level.child("CLAUDE.md"));
      loader.load(Scope.PROJECT, own.child("CLAUDE.md"));
      loader.load(Scope.PROJECT, level.child("AGENTS.md"));
      loader.loadRules(Scope.PROJECT, own.child("rules"));
      loader.load(Scope.LOCAL, level.child("CLAUDE.local.md"));
    }
    return loader.result();
  }
}
