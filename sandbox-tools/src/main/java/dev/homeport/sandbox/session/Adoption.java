package dev.homeport.sandbox.session;

import dev.homeport.sandbox.files.Trees;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// Takes over what killed servers of the same workspace left running.
final class Adoption {
  private final Provisioner provisioner;
  private final NamedSandboxes sandboxes;
  private final AtomicLong processIds;

  /// @param processIds the last number that a background process got
  Adoption(Provisioner provisioner, NamedSandboxes sandboxes, AtomicLong processIds) {
    this.provisioner = provisioner;
    this.sandboxes = sandboxes;
    this.processIds = processIds;
  }

  /// The instances from which anything was taken over; the others are left to be swept.
  List<Instance> run() throws IOException, InterruptedException {
    var adopted = new ArrayList<Instance>();
    List<Instance> orphans = provisioner.orphans();
    for (Instance orphan : orphans) {
      for (Path home : homes(orphan)) {
        ExecNote.readAll(home)
            .forEach(note -> processIds.accumulateAndGet(number(note), Math::max));
      }
    }
    for (Instance orphan : orphans) {
      int count = 0;
      for (Path home : homes(orphan)) {
        count += adopt(orphan, home) ? 1 : 0;
      }
      if (count > 0) {
        System.getLogger(Adoption.class.getName())
            .log(Level.INFO, "adopted {0} sandboxes of a server that was killed", count);
        orphan.keep();
        adopted.add(orphan);
      } else {
        orphan.leave();
      }
    }
    return adopted;
  }

  private static List<Path> homes(Instance orphan) throws IOException {
    try (var entries = Files.list(orphan.directory())) {
      return entries.filter(Files::isDirectory).sorted().toList();
    }
  }

  private static long number(ExecNote note) {
    return note.process().isEmpty() ? 0 : Long.parseLong(note.process().substring(1));
  }

  private boolean adopt(Instance orphan, Path home) throws InterruptedException {
    try {
      Optional<SandboxNote> note = SandboxNote.read(home);
      if (note.isEmpty()) {
        return false;
      }
      List<ExecNote> notes = ExecNote.readAll(home);
      Optional<LiveSandbox> live = provisioner.adopt(orphan, home, note.get(), notes);
      if (live.isPresent() && note.get().session().isEmpty()) {
        // Made ready for nobody yet.
        live.get().close();
        return false;
      }
      if (live.isPresent()) {
        NamedSandbox named = sandboxes.adopt(note.get());
        named.take(live.get());
        for (ExecNote exec : notes) {
          named.add(live.get().adopt(identified(exec, note.get().session()), named.name()));
        }
      } else {
        Trees.delete(home);
      }
      return live.isPresent();
    } catch (IOException e) {
      System.getLogger(Adoption.class.getName())
          .log(Level.WARNING, "a sandbox could not be adopted", e);
      return false;
    }
  }

  /// With the id that it had, or a new one if it was waited for or another server gave the same.
  private ExecNote identified(ExecNote note, String session) {
    boolean taken =
        sandboxes.of(session).stream().anyMatch(named -> named.process(note.process()).isPresent());
    return note.process().isEmpty() || taken ? note.as("p" + processIds.incrementAndGet()) : note;
  }
}
