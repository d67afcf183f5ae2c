package dev.homeport.search.live;

import dev.homeport.search.live.Folder.Facts;
import dev.homeport.search.live.FolderDraft.Child;
import dev.homeport.search.live.OpenDirectory.Listing;
import dev.homeport.search.live.TreeScan.Place;
import dev.homeport.search.tree.DirectoryRules;
import dev.homeport.search.tree.IgnoreTexts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads single directories for the table of a generation, and takes over from an older listing
/// what is still so. Thread-safe.
///
/// @param watch what is to watch each directory, or null
/// @param hasRules whether the older listings have the rules of their directories; those that were
///   kept on the disk have not
record FolderReader(int generation, @Nullable TreeWatch watch, boolean hasRules) {
  /// A directory whose own entries are read.
  ///
  /// @param sameRules whether the rules that hold in it did for its older listing, too
  /// @param below the directories in it that are to be read
  record Reading(FolderDraft draft, Facts facts, int size, boolean sameRules, List<Child> below) {}

  /// Reads an open directory. The one that a scan begins with is always listed: a scan may have
  /// been asked for because its ignore files changed, of which the older listing says no more.
  ///
  /// @param parent what is known of the directory above it, or null if the scan begins here
  Reading read(OpenDirectory directory, Place place, @Nullable Facts parent) throws IOException {
    Stat self = directory.stat();
    // The watch comes first, so that no change falls between it and the listing.
    int number = watch == null ? -1 : watch(watch, place, parent, directory, self);
    Folder old = place.old();
    if (parent != null && number >= 0 && old != null && place.sameAbove()) {
      Stat watched = directory.stat();
      Optional<Recheck> recheck = Recheck.of(directory, watched, old, generation);
      if (recheck.isPresent()) {
        Facts facts = old.facts.with(rules(place, old, old.facts.texts()), number);
        return new Reading(recheck.get(), facts, old.size(), true, recheck.get().below());
      }
    }
    return list(directory, place, self, number);
  }

  private int watch(
      TreeWatch watch, Place place, @Nullable Facts parent, OpenDirectory directory, Stat self)
      throws IOException {
    boolean isOther = parent == null || parent.device() != self.device();
    if (isOther && !watch.canWatch(directory)) {
      return -1;
    }
    Folder old = place.old();
    boolean isSame =
        old != null && old.facts.device() == self.device() && old.facts.inode() == self.inode();
    int number = old != null && isSame ? old.facts.watch() : -1;
    boolean isWatched = place.path().equals(watch.path(number));
    return isWatched ? number : watch.add(directory);
  }

  private Reading list(OpenDirectory directory, Place place, Stat self, int number)
      throws IOException {
    Folder old = place.old();
    long now = Stat.now();
    Listing listing = directory.list();
    IgnoreTexts texts = directory.ignoreTexts(listing.telling());
    boolean sameRules = old != null && place.sameAbove() && texts.equals(old.facts.texts());
    DirectoryRules rules = rules(place, sameRules ? old : null, texts);
    var builder = new FolderBuilder(listing.entries().size());
    List<Child> below =
        fill(builder, listing.entries(), new Membership(place.path(), rules, old, sameRules), now);
    return new Reading(
        builder, Facts.of(rules, texts, self, now, number), builder.size(), sameRules, below);
  }

  /// @param same an older listing for which the same rules held, or null
  private DirectoryRules rules(Place place, @Nullable Folder same, IgnoreTexts texts) {
    return same != null && hasRules ? same.facts.rules() : texts.rules(place.above(), place.path());
  }

  /// Puts the entries of a listing to a builder; returns the directories that are to be listed,
  /// too.
  private List<Child> fill(
      FolderBuilder builder, List<Entry> entries, Membership membership, long now) {
    var below = new ArrayList<Child>();
    Folder old = membership.old();
    int next = 0;
    for (Entry entry : entries) {
      int at = -1;
      if (old != null) {
        next = advance(old, next, entry);
        at = next < old.size() && compare(old, next, entry) == 0 ? next : -1;
      }
      int flags = membership.flags(entry, at, now);
      builder.add(entry, flags, membership.stamp(entry, at, generation));
      if (entry.kind == Entry.Kind.DIRECTORY) {
        builder.child(null);
        if (membership.isListed(entry, flags)) {
          String name = new String(entry.name, StandardCharsets.UTF_8);
          Folder oldChild = at >= 0 && old != null ? old.listing(at) : null;
          below.add(new Child(builder.childCount() - 1, name, oldChild));
        }
      }
    }
    return below;
  }

  private static int advance(Folder old, int from, Entry entry) {
    int next = from;
    while (next < old.size() && compare(old, next, entry) < 0) {
      next++;
    }
    return next;
  }

  private static int compare(Folder old, int at, Entry entry) {
    return Arrays.compareUnsigned(
        old.names, old.start(at), old.ends[at], entry.name, 0, entry.name.length);
  }
}
