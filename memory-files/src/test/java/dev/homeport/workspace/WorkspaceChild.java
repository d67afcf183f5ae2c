package dev.homeport.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.homeport.session.SessionId;
import dev.homeport.session.SessionOwner;
import dev.homeport.session.Sessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/// What tests let a second process do: `COMMAND ROOT PATH [COUNT]`.
final class WorkspaceChild {
  private WorkspaceChild() {}

  static void main(String[] arguments) throws Exception {
    var workspace = Workspace.open(Path.of(arguments[1]));
    WorkspacePath path = workspace.path(arguments[2]);
    switch (arguments[0]) {
      case "increment" -> {
        for (int i = 0; i < Integer.parseInt(arguments[3]); i++) {
          increment(workspace, path);
        }
      }
      case "hold" -> {
        try (var _ = workspace.lock(List.of(path))) {
          System.out.println("held");
          System.in.read();
        }
      }
      case "mark" -> {
        String temporary = ".homeport-tmp-%08xfffffff0".formatted(ProcessLocks.MARK);
        try (var _ = workspace.lock(List.of(path))) {
          workspace.write(path.parent().child(temporary.substring(1)), new byte[0]);
        }
        Path directory = workspace.root().resolve(path.parent().toString());
        Files.writeString(directory.resolve(temporary), "unfinished");
        Files.writeString(workspace.root().resolve(".homeport").resolve(temporary), "unfinished");
        System.out.println(temporary);
        System.in.read();
      }
      case "write" -> System.out.println(tryToWrite(workspace, path));
      case "session" -> System.out.println(session(workspace));
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  static int increment(Workspace workspace, WorkspacePath counter) throws Exception {
    try (var _ = workspace.lock(List.of(counter))) {
      int n = Integer.parseInt(new String(workspace.read(counter, 100), UTF_8)) + 1;
      workspace.write(counter, Integer.toString(n).getBytes(UTF_8));
      return n;
    }
  }

  private static String session(Workspace workspace) throws Exception {
    var owner = new SessionOwner("nobody", "test");
    var sessions = Sessions.in(workspace, InstantSource.system());
    SessionId first = sessions.resolve(owner, null).id();
    return sessions.resolve(owner, null).id().equals(first) ? "same" : "another";
  }

  private static String tryToWrite(Workspace workspace, WorkspacePath path) throws Exception {
    try (var _ = workspace.lock(List.of(path))) {
      workspace.write(path, "written".getBytes(UTF_8));
      return "written";
    } catch (WorkspaceException e) {
      return e.kind() + " " + e.getMessage();
    } catch (IOException e) {
      return e.toString();
    }
  }
}
