package dev.homeport.version;

import dev.homeport.version.VersionSegment.Location;
import dev.homeport.workspace.WorkspacePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What the version log says, in memory. Contents may be looked up by any thread; all else is not
/// thread-safe.
final class VersionIndex implements VersionSegment.Reader {
  private final List<Version> versions = new ArrayList<>();
  private final List<Location> locations = new ArrayList<>();
  private final Map<WorkspacePath, Version> latest = new HashMap<>();
  private final Map<String, Location> contents = new ConcurrentHashMap<>();

  private long bytes;

  @Override
  public void change(Version version, Location location) {
    versions.add(version);
    locations.add(location);
    if (version.operation() == Version.Operation.REDACTED) {
      return;
    }
    latest.put(version.path(), version);
    if (version.from() != null) {
      latest.remove(version.from());
    }
  }

  @Override
  public void content(Snapshot content, Location location) {
    if (contents.put(content.sha256(), location) == null) {
      bytes += content.bytes();
    }
  }

  /// All versions, the oldest first.
  List<Version> versions() {
    return versions;
  }

  /// Where each of the versions is written.
  List<Location> locations() {
    return locations;
  }

  /// How many bytes all contents have.
  long bytes() {
    return bytes;
  }

  /// The version of an id.
  Optional<Version> find(String id) {
    return versions.stream().filter(version -> version.id().equals(id)).findFirst();
  }

  /// The last version of a file under the path it has now.
  Optional<Version> latest(WorkspacePath path) {
    return Optional.ofNullable(latest.get(path));
  }

  /// Where a content is, or empty if the log does not hold it.
  Optional<Location> content(String sha256) {
    return Optional.ofNullable(contents.get(sha256));
  }

  /// A content that the log holds, by its digest.
  Optional<Snapshot> snapshot(String sha256) {
    return content(sha256).map(location -> new Snapshot(sha256, location.bytes()));
  }
}
