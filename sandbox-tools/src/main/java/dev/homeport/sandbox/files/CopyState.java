package dev.homeport.sandbox.files;

import dev.homeport.sandbox.files.TreeScan.Stamp;
import dev.homeport.workspace.WorkspacePath;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a copy of the workspace is compared with.
///
/// @param synced entries of the workspace as they were when they were copied in
/// @param base entries inside as they were right after that
record CopyState(SortedMap<WorkspacePath, Stamp> synced, Map<WorkspacePath, Inside> base) {
  /// Stands for a time that no entry has.
  private static final String CHANGED = "";

  /// An entry inside: its kind as `find` says, its size, and when its inode changed.
  record Inside(char kind, long bytes, String changed) {}

  /// What a copy elsewhere of the same files is compared with, once it is [#settled]: that this
  /// one's own changes are changes stays true.
  ///
  /// @param inside what is inside now
  CopyState moving(Map<WorkspacePath, Inside> inside) {
    var moving = new HashMap<WorkspacePath, Inside>();
    base.forEach((path, before) -> {
      boolean same = before.equals(inside.get(path));
      moving.put(path, same ? before : new Inside(before.kind(), before.bytes(), CHANGED));
    });
    return new CopyState(synced, moving);
  }

  /// The same where the files are now.
  ///
  /// @param inside what is inside there
  CopyState settled(Map<WorkspacePath, Inside> inside) {
    var settled = new HashMap<WorkspacePath, Inside>();
    base.forEach((path, before) -> {
      Inside now = inside.get(path);
      settled.put(path, now == null || before.changed().equals(CHANGED) ? before : now);
    });
    return new CopyState(synced, settled);
  }

  /// That of a copy into which nothing was copied.
  static CopyState empty() {
    return new CopyState(new TreeMap<>(), new HashMap<>());
  }

  void write(Path file) throws IOException {
    Notes.write(file, this::write);
  }

  private void write(DataOutputStream output) throws IOException {
    output.writeInt(synced.size());
    for (var entry : synced.entrySet()) {
      write(entry.getKey(), output);
      output.writeBoolean(entry.getValue().directory());
      output.writeLong(entry.getValue().bytes());
      output.writeLong(entry.getValue().modified());
      output.writeInt(entry.getValue().file());
    }
    output.writeInt(base.size());
    for (var entry : base.entrySet()) {
      write(entry.getKey(), output);
      output.writeChar(entry.getValue().kind());
      output.writeLong(entry.getValue().bytes());
      output.writeUTF(entry.getValue().changed());
    }
  }

  /// Segment by segment, because names may break the grammar of paths.
  private static void write(WorkspacePath path, DataOutputStream output) throws IOException {
    output.writeInt(path.segments().size());
    for (String segment : path.segments()) {
      output.writeUTF(segment);
    }
  }

  static CopyState read(Path file) throws IOException {
    try (var input = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      CopyState state = empty();
      for (int left = input.readInt(); left > 0; left--) {
        state.synced.put(
            path(input),
            new Stamp(input.readBoolean(), input.readLong(), input.readLong(), input.readInt()));
      }
      for (int left = input.readInt(); left > 0; left--) {
        state.base.put(
            path(input), new Inside(input.readChar(), input.readLong(), input.readUTF()));
      }
      return state;
    }
  }

  private static WorkspacePath path(DataInputStream input) throws IOException {
    List<String> segments = new ArrayList<>();
    for (int left = input.readInt(); left > 0; left--) {
      segments.add(input.readUTF());
    }
    return new WorkspacePath(segments);
  }
}
