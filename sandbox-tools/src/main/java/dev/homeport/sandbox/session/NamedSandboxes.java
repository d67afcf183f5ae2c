package dev.homeport.sandbox.session;

import dev.homeport.sandbox.ExecRequest;
import dev.homeport.sandbox.SandboxException;
import dev.homeport.sandbox.SandboxException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

/// Sandboxes by session and name. Thread-safe.
final class NamedSandboxes {
  private static final int LONGEST_NAME = 64;

  private record Key(String session, String name) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int bySession = session.compareTo(other.session);
      return bySession != 0 ? bySession : name.compareTo(other.name);
    }
  }

  private final Provisioner provisioner;
  private final ConcurrentMap<Key, NamedSandbox> sandboxes = new ConcurrentSkipListMap<>();

  NamedSandboxes(Provisioner provisioner) {
    this.provisioner = provisioner;
  }

  /// Adds one, which is made on its first command.
  NamedSandbox create(String session, String name) throws SandboxException {
    if (name.isBlank() || name.length() > LONGEST_NAME) {
      throw new SandboxException(Kind.FAILED, "A sandbox needs a name of 1 to 64 characters.");
    }
    var made = new NamedSandbox(session, name, provisioner);
    if (sandboxes.putIfAbsent(new Key(session, name), made) != null) {
      throw new SandboxException(
          Kind.ALREADY_EXISTS, "There is a sandbox '" + name + "' already; use it or stop it.");
    }
    return made;
  }

  /// Adds one for a sandbox that there is already, by another name if its own is taken.
  NamedSandbox adopt(SandboxNote note) {
    String name = note.name();
    var made = new NamedSandbox(note.session(), name, provisioner);
    for (int i = 2; sandboxes.putIfAbsent(new Key(note.session(), name), made) != null; i++) {
      name = note.name() + "-" + i;
      made = new NamedSandbox(note.session(), name, provisioner);
    }
    return made;
  }

  void remove(String session, String name) {
    sandboxes.remove(new Key(session, name));
  }

  /// Those of a session, in name order.
  List<NamedSandbox> of(String session) {
    return sandboxes.entrySet().stream()
        .filter(entry -> entry.getKey().session().equals(session))
        .map(Map.Entry::getValue)
        .toList();
  }

  /// The background process of an id.
  BackgroundProcess process(String session, String id)
      throws SandboxException, InterruptedException {
    var known = new ArrayList<String>();
    for (NamedSandbox named : of(session)) {
      Optional<BackgroundProcess> found = named.process(id);
      if (found.isPresent()) {
        return found.get();
      }
      named.info().processes().forEach(process -> known.add(process.id()));
    }
    String rest = known.isEmpty() ? "; there are none" : "; there are: " + String.join(", ", known);
    throw new SandboxException(
        Kind.NOT_FOUND, "There is no background process '" + id + "'" + rest + ".");
  }

  Collection<NamedSandbox> all() {
    return sandboxes.values();
  }

  /// Freezes those that nobody has used for a time.
  void sleepAfter(Duration idle) throws InterruptedException {
    for (NamedSandbox named : sandboxes.values()) {
      try {
        Optional<LiveSandbox> made = named.ifMade();
        if (made.isPresent()) {
          made.get().sleepAfter(idle);
        }
      } catch (IOException e) {
        System.getLogger(NamedSandboxes.class.getName())
            .log(System.Logger.Level.DEBUG, "a sandbox was not frozen; it may have ended", e);
      }
    }
  }

  /// The one of a name; the default one is there in any case.
  NamedSandbox require(String session, String name) throws SandboxException {
    var key = new Key(session, name);
    if (name.equals(ExecRequest.DEFAULT_SANDBOX)) {
      return sandboxes.computeIfAbsent(key, _ -> new NamedSandbox(session, name, provisioner));
    }
    NamedSandbox found = sandboxes.get(key);
    if (found == null) {
      String names =
          sandboxes.keySet().stream()
              .filter(other -> other.session().equals(session))
              .map(Key::name)
              .filter(other -> !other.equals(ExecRequest.DEFAULT_SANDBOX))
              .collect(Collectors.joining(", "));
      throw new SandboxException(
          Kind.NOT_FOUND,
          "There is no sandbox '%s'; there are: default%s. Create it, or name one of these."
              .formatted(name, names.isEmpty() ? "" : ", " + names));
    }
    return found;
  }
}
