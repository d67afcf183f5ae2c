package dev.homeport.result;

import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspaceException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Random;

/// What tests let a second process do: `file ROOT FILE TYPE` stores a file and says what came of
/// it, `loop ROOT SEED` stores random results until it is killed and names each that it was told is
/// stored, with its digest.
final class ResultChild {
  private ResultChild() {}

  static void main(String[] arguments) throws Exception {
    var results = ResultStore.in(Workspace.open(Path.of(arguments[1])), InstantSource.system());
    if (arguments[0].equals("file")) {
      System.out.println(store(results, Path.of(arguments[2]), arguments[3]));
      return;
    }
    var random = new Random(Long.parseLong(arguments[2]));
    while (true) {
      var bytes = new byte[random.nextInt(random.nextInt(10) == 0 ? 2_000_000 : 20_000)];
      random.nextBytes(bytes);
      StoredResult result =
          results.store(new ByteArrayInputStream(bytes), "application/octet-stream", "loop");
      System.out.println(result.id() + " " + result.sha256());
      System.out.flush();
    }
  }

  private static String store(ResultStore results, Path file, String type)
      throws InterruptedException {
    try (var content = Files.newInputStream(file)) {
      StoredResult stored = results.store(content, type, "test");
      return "stored %d bytes, %d lines".formatted(stored.bytes(), stored.lines());
    } catch (WorkspaceException e) {
      return e.kind() + " " + e.getMessage();
    } catch (IOException e) {
      return e.toString();
    }
  }
}
