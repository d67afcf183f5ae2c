package dev.homeport.search.live;

import dev.homeport.search.tree.DirectoryRules;
import dev.homeport.search.tree.IgnoreTexts;
import dev.homeport.workspace.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Brings a table up to date with the events of a watch, by asking the disk about the entries that
/// they name. For one thread; one use.
final class TableUpdate {
  private final TreeWatch watch;
  private final OpenDirectory top;
  private final DirectoryRules above;
  private final int generation;
  private final Map<String, Map<String, Integer>> changes = new TreeMap<>();
  private final Set<Long> shared = new HashSet<>();
  private Folder root;
  private boolean isUnique = true;

  /// @param top the open root of the tree
  /// @param above the rules that hold at the root because of what is above it
  /// @param generation that of the table which is made
  TableUpdate(
      FileTable table, TreeWatch watch, OpenDirectory top, DirectoryRules above, int generation) {
    this.root = table.root();
    this.watch = watch;
    this.top = top;
    this.above = above;
    this.generation = generation;
  }

  /// The root after the update.
  Folder root() {
    return root;
  }

  private FileTable table() {
    return new FileTable(root, generation, Map.of());
  }

  /// Whether each watched directory was found at one place only.
  boolean isUnique() {
    return isUnique;
  }

  /// Adds what a watch saw.
  void add(TreeWatch.Events events) {
    var moved = new HashMap<String, List<String>>();
    events
        .changes()
        .forEach((number, names) -> {
          String path = watch.path(number);
          if (path != null) {
            changes.computeIfAbsent(path, _ -> new HashMap<>()).putAll(names);
            moved.put(
                path,
                names.entrySet().stream()
                    .filter(name -> isMoved(name.getValue()))
                    .map(Map.Entry::getKey)
                    .toList());
          }
        });
    // A directory that came or went has no place any more, wherever it is found again.
    moved.forEach((path, names) -> {
      Folder folder = table().folder(path);
      for (String name : names) {
        int at = folder == null ? -1 : folder.find(bytes(name));
        Folder child = folder == null || at < 0 ? null : folder.listing(at);
        if (child != null) {
          watch.remove(child);
        }
      }
    });
    changes.keySet().removeIf(path -> !isWatched(path));
  }

  private static boolean isMoved(int mask) {
    return (mask & TreeWatch.IS_DIRECTORY) != 0 && (mask & TreeWatch.MOVED_OR_MADE) != 0;
  }

  private boolean isWatched(String path) {
    Folder folder = table().folder(path);
    return folder != null && path.equals(watch.path(folder.facts.watch()));
  }

  /// Adds files that may have changed without an event.
  void addFiles(List<String> paths) {
    for (String path : paths) {
      int slash = path.lastIndexOf('/') + 1;
      changes
          .computeIfAbsent(path.substring(0, slash), _ -> new HashMap<>())
          .merge(latin(path.substring(slash)), 0, (some, more) -> some | more);
    }
  }

  /// Adds directories whose ignore files may have changed without an event.
  void addRules(List<String> paths) {
    for (String path : paths) {
      changes
          .computeIfAbsent(path, _ -> new HashMap<>())
          .merge(".gitignore", 0, (some, more) -> some | more);
    }
  }

  /// Asks the disk about all that was added.
  void apply() throws IOException, InterruptedException {
    applyAll();
    if (!shared.isEmpty()) {
      // The other names of these files changed with them, and no event says so.
      changes.clear();
      addFiles(table().names(shared));
      applyAll();
    }
  }

  private void applyAll() throws IOException, InterruptedException {
    boolean isRescanned = false;
    for (var change : changes.entrySet()) {
      String path = change.getKey();
      Folder folder = table().folder(path);
      if (folder == null || !folder.isListing()) {
        continue;
      }
      try (OpenDirectory directory = top.descend(path)) {
        Folder edited = edit(directory, path, folder, change.getValue());
        if (change.getValue().keySet().stream().anyMatch(IgnoreTexts::isFrom)) {
          isRescanned = true;
          edited = scan(directory, new TreeScan.Place(path, edited, rulesAbove(path), true));
        }
        root = FileTable.replace(root, path, edited.isSame(folder) ? folder : edited);
      } catch (NoSuchFileException | NotDirectoryException | AccessDeniedException e) {
        // A directory above went or was closed since; the event that says so is still to come.
      }
    }
    if (isRescanned) {
      isUnique &= watch.replace(root);
    }
  }

  private DirectoryRules rulesAbove(String path) {
    if (path.isEmpty()) {
      return above;
    }
    int slash = path.lastIndexOf('/', path.length() - 2);
    Folder parent = table().folder(path.substring(0, slash + 1));
    return parent == null ? above : parent.facts.rules();
  }

  /// A name that an event gave, in ISO 8859-1, and what it told.
  private record Change(String latin, int mask) {
    byte[] name() {
      return bytes(latin);
    }
  }

  private Folder edit(
      OpenDirectory directory, String path, Folder folder, Map<String, Integer> names)
      throws IOException, InterruptedException {
    var membership = new Membership(path, folder.facts.rules(), folder, true);
    var builder = new FolderBuilder(folder.size() + names.size());
    int next = 0;
    for (Change change : sorted(names)) {
      int at = folder.find(change.name());
      int upTo = at >= 0 ? at : -at - 1;
      while (next < upTo) {
        builder.copy(folder, next++);
      }
      next += at >= 0 ? 1 : 0;
      long now = Stat.now();
      Entry entry = directory.entry(change.name());
      if (entry == null) {
        continue;
      }
      int flags = membership.flags(entry, at, now);
      builder.add(entry, flags, membership.stamp(entry, at, generation));
      if (entry.isShared && (at < 0 || !folder.is(Folder.SHARED, at))) {
        shared.add(entry.inode);
      }
      if (entry.kind == Entry.Kind.DIRECTORY) {
        Folder old = at < 0 ? null : folder.listing(at);
        boolean isNew = old == null || isMoved(change.mask());
        builder.child(
            membership.isListed(entry, flags)
                ? child(directory, membership, entry, isNew ? null : old)
                : null);
      }
    }
    while (next < folder.size()) {
      builder.copy(folder, next++);
    }
    return new Folder(builder, folder.facts);
  }

  private static List<Change> sorted(Map<String, Integer> names) {
    return names.entrySet().stream()
        .filter(name -> !Workspace.isUnfinished(name.getKey()))
        .map(name -> new Change(name.getKey(), name.getValue()))
        .sorted(Comparator.comparing(Change::latin))
        .toList();
  }

  private Folder child(
      OpenDirectory parent, Membership membership, Entry entry, @Nullable Folder old)
      throws IOException, InterruptedException {
    String path = membership.path() + new String(entry.name, StandardCharsets.UTF_8) + "/";
    Folder listing;
    try (OpenDirectory directory = parent.child(entry.name)) {
      listing = scan(directory, new TreeScan.Place(path, old, membership.rules(), true));
    } catch (NoSuchFileException | NotDirectoryException e) {
      listing = Folder.GONE;
    } catch (AccessDeniedException e) {
      listing = Folder.UNREADABLE;
    }
    if (listing.isListing()) {
      isUnique &= watch.register(listing, path);
    } else if (old != null) {
      watch.remove(old);
    }
    return listing;
  }

  private Folder scan(OpenDirectory directory, TreeScan.Place place)
      throws IOException, InterruptedException {
    return new TreeScan(new FolderReader(generation, watch, true)).scan(directory, place);
  }

  private static byte[] bytes(String latin) {
    return latin.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String latin(String name) {
    return new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
