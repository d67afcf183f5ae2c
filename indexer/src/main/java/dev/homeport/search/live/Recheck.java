package dev.homeport.search.live;

import dev.homeport.search.live.Folder.Facts;
import dev.homeport.search.tree.IgnoreTexts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A directory that has the entries of an older listing, as its own time of change is still the
/// same: then only its files are asked for, and nothing is listed, sorted or judged again.
///
/// For one thread.
final class Recheck implements FolderDraft {
  private final Folder old;
  private final @Nullable Folder[] children;
  private boolean isCopied;
  private byte[] flags;
  private long[] sizes;
  private long[] modified;
  private long[] changed;
  private long[] inodes;
  private int[] stamps;

  private Recheck(Folder old) {
    this.old = old;
    children = old.children.clone();
    flags = old.flags;
    sizes = old.sizes;
    modified = old.modified;
    changed = old.changed;
    inodes = old.inodes;
    stamps = old.stamps;
  }

  /// Asks for the files of a watched directory; empty if it must be listed after all.
  ///
  /// The root of a repository is, as `.git/info/exclude` must be read again; and a directory of
  /// which an ignore file changed.
  ///
  /// @param self what is known of the directory since it is watched
  /// @param generation that of the table which is made
  static Optional<Recheck> of(OpenDirectory directory, Stat self, Folder old, int generation)
      throws IOException {
    if (!old.facts.isStill(self) || old.facts.texts().isRepository()) {
      return Optional.empty();
    }
    var recheck = new Recheck(old);
    return recheck.isDone(directory, generation) ? Optional.of(recheck) : Optional.empty();
  }

  private boolean isDone(OpenDirectory directory, int generation) throws IOException {
    long now = Stat.now();
    try (var calls = Syscalls.borrow()) {
      for (int i = 0; i < old.size(); i++) {
        switch (old.kind(i)) {
          case DIRECTORY -> {}
          case UNREADABLE -> {
            return false;
          }
          case FILE -> {
            Stat stat = calls.stat(directory.descriptor(), old.names, old.start(i), old.ends[i]);
            if (stat == null || !stat.isRegularFile()) {
              return false;
            }
            if (!isSame(i, stat) && !take(i, stat, now, generation)) {
              return false;
            }
          }
        }
      }
    } catch (AccessDeniedException e) {
      return false;
    }
    return true;
  }

  private boolean isSame(int i, Stat stat) {
    return old.changed[i] == stat.changed()
        && old.sizes[i] == stat.size()
        && old.modified[i] == stat.modified()
        && old.inodes[i] == stat.inode()
        && !old.is(Folder.HOT, i);
  }

  /// Takes the new state of a file, unless it says what is ignored.
  private boolean take(int i, Stat stat, long now, int generation) {
    if (old.is(Folder.DOT, i) && IgnoreTexts.isFrom(old.name(i))) {
      return false;
    }
    if (!isCopied) {
      isCopied = true;
      flags = flags.clone();
      sizes = sizes.clone();
      modified = modified.clone();
      changed = changed.clone();
      inodes = inodes.clone();
      stamps = stamps.clone();
    }
    int kept = flags[i] & ~(Folder.HOT | Folder.SHARED);
    int hot = Stat.isHot(stat.changed(), now) ? Folder.HOT : 0;
    flags[i] = (byte) (kept | hot | (stat.links() > 1 ? Folder.SHARED : 0));
    sizes[i] = stat.size();
    modified[i] = stat.modified();
    changed[i] = stat.changed();
    inodes[i] = stat.inode();
    stamps[i] = generation;
    return true;
  }

  /// The directories whose listings the older one has.
  List<Child> below() {
    var below = new ArrayList<Child>();
    for (int i = 0; i < old.size(); i++) {
      if (old.kind(i) == Entry.Kind.DIRECTORY && old.child(i) != null) {
        int start = old.start(i);
        var name = new String(old.names, start, old.ends[i] - start, StandardCharsets.UTF_8);
        below.add(new Child((int) old.sizes[i], name, old.listing(i)));
      }
    }
    return below;
  }

  @Override
  public void child(int index, Folder child) {
    children[index] = child;
  }

  @Override
  public Folder folder(Facts facts) {
    return new Folder(
        facts, old.names, old.ends, flags, sizes, modified, changed, inodes, stamps, children);
  }
}
