package dev.homeport.skills.source;

import dev.homeport.workspace.WorkspacePath;
import java.net.URI;

/// Where skills come from.
///
/// An origin never holds a password or token: addresses that do are refused before one is made.
public sealed interface SourceOrigin {
  /// The name that the origin suggests for its source.
  String suggestedName();

  /// The origin as people read it.
  String shown();

  /// A git repository, or a directory of one.
  ///
  /// @param url an address as [SourceAddress#git] checks it
  /// @param ref the branch or tag that updates follow, or a commit; empty for the default branch
  /// @param path the directory in the repository
  record Git(String url, String ref, WorkspacePath path) implements SourceOrigin {
    @Override
    public String suggestedName() {
      String last = path.isRoot() ? lastName(url) : path.name();
      return last.endsWith(".git") ? last.substring(0, last.length() - 4) : last;
    }

    @Override
    public String shown() {
      return url + (ref.isEmpty() ? "" : "#" + ref) + (path.isRoot() ? "" : " " + path);
    }
  }

  /// A directory of this machine, of which a copy is used.
  ///
  /// @param path absolute, or relative to the workspace
  record Directory(String path) implements SourceOrigin {
    @Override
    public String suggestedName() {
      return lastName(path);
    }

    @Override
    public String shown() {
      return path;
    }
  }

  /// A site that publishes an index of its skills.
  ///
  /// @param index the address of the index, as [SourceAddress#wellKnown] checks it
  record WellKnown(URI index) implements SourceOrigin {
    @Override
    public String suggestedName() {
      return index.getHost();
    }

    @Override
    public String shown() {
      return index.toString();
    }
  }

  private static String lastName(String path) {
    String plain = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return plain.substring(Math.max(plain.lastIndexOf('/'), plain.lastIndexOf(':')) + 1);
  }

  /// The name for its source unless a person gives another one.
  default SourceName name() throws SourceException {
    return SourceName.near(suggestedName())
        .orElseThrow(() ->
            new SourceException(
                "there is no name for a source in '" + shown() + "': give one with --name"));
  }
}
