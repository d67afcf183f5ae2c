package dev.homeport.server.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.homeport.server.tool.Toolset;
import dev.homeport.workspace.Durability;
import dev.homeport.workspace.FileInfo;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The grants on disk, one file each in a directory that is the user's alone. Thread-safe, and
/// shared by processes.
public final class Grants {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String EXTENSION = ".json";
  private static final int MOST_BYTES = 64 * 1_024;

  private final Path directory;

  /// @param directory where they are; it need not be there
  public Grants(Path directory) {
    this.directory = directory;
  }

  /// All of them, by name. One that cannot be read is an error, as nobody knows what it would
  /// allow.
  public List<Grant> all() throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    Workspace files = files();
    var all = new ArrayList<Grant>();
    for (FileInfo file : files.list(WorkspacePath.ROOT)) {
      String name = file.path().name();
      if (file.isFile() && name.endsWith(EXTENSION)) {
        String text = new String(files.read(file.path(), MOST_BYTES), UTF_8);
        all.add(grant(name.substring(0, name.length() - EXTENSION.length()), text));
      }
    }
    all.sort(Comparator.comparing(grant -> grant.name().text()));
    return all;
  }

  /// Adds one, or puts it in the place of the one of the same name.
  public void put(Grant grant) throws IOException {
    var json = new LinkedHashMap<String, Object>();
    json.put("workspace", grant.workspace().toString());
    json.put("toolsets", grant.toolsets().stream().map(Toolset::label).sorted().toList());
    json.put("readOnly", grant.readOnly());
    switch (grant.proof()) {
      case Grant.Proof.Token(var sha256) -> json.put("sha256", sha256);
      case Grant.Proof.Subject(var subject) -> json.put("subject", subject);
    }
    json.put("created", grant.created().toString());
    grant.expires().ifPresent(expires -> json.put("expires", expires.toString()));
    Workspace files = files();
    files.write(path(files, grant.name()), JSON.writeValueAsBytes(json));
  }

  /// Removes one.
  ///
  /// @return false if there is none
  public boolean remove(PrincipalName name) throws IOException {
    if (!Files.isDirectory(directory)) {
      return false;
    }
    Workspace files = files();
    WorkspacePath path = path(files, name);
    if (files.stat(path).isEmpty()) {
      return false;
    }
    files.delete(path);
    return true;
  }

  /// When a grant was changed last; the epoch if there never was one.
  Instant changed() throws IOException {
    return Files.isDirectory(directory)
        ? Files.getLastModifiedTime(directory).toInstant()
        : Instant.EPOCH;
  }

  private Workspace files() throws IOException {
    return Workspace.openPrivate(directory, Durability.FULL);
  }

  private static WorkspacePath path(Workspace files, PrincipalName name) throws WorkspaceException {
    return files.path(name + EXTENSION);
  }

  private static Grant grant(String name, String text) throws IOException {
    try {
      JsonNode json = JSON.readTree(text);
      Set<Toolset> toolsets =
          json.required("toolsets")
              .valueStream()
              .map(label ->
                  Toolset.of(label.asString())
                      .orElseThrow(() -> new IllegalArgumentException("unknown toolset " + label)))
              .collect(Collectors.toUnmodifiableSet());
      Grant.Proof proof =
          json.has("sha256")
              ? new Grant.Proof.Token(json.get("sha256").asString())
              : new Grant.Proof.Subject(json.required("subject").asString());
      return new Grant(
          new PrincipalName(name),
          Path.of(json.required("workspace").asString()),
          toolsets,
          json.required("readOnly").asBoolean(),
          proof,
          Instant.parse(json.required("created").asString()),
          Optional.ofNullable(json.get("expires")).map(at -> Instant.parse(at.asString())));
    } catch (JacksonException | IllegalArgumentException | DateTimeException broken) {
      throw new IOException(
          "the grant '%s' cannot be read: %s".formatted(name, broken.getMessage()), broken);
    }
  }
}
