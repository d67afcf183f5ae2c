package dev.homeport.search.live;

import dev.homeport.search.tree.DirectoryRules;
import dev.homeport.search.tree.IgnoreRules.Verdict;
import dev.homeport.search.tree.TreeWalk;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What becomes of the entries of one directory in a table.
///
/// @param path the path of the directory from the root, empty or with a trailing `/`
/// @param rules the ignore rules that hold in it
/// @param old its listing in the table before, or null
/// @param sameRules whether the rules held for that listing, too
record Membership(String path, DirectoryRules rules, @Nullable Folder old, boolean sameRules) {
  /// The insides of git, which change much and are searched rarely, are read when they are asked
  /// for; so are the versions that Homeport keeps.
  private static final String GIT = ".git";

  private static final String VERSIONS = ".homeport/versions";

  /// The longest path that is a workspace path if it is plain.
  private static final int MAX_PLAIN = 255;

  /// The flags of an entry of a [Folder].
  ///
  /// @param at its index in the old listing, or negative
  /// @param now the time just before the entry was read
  int flags(Entry entry, int at, long now) {
    int kind = entry.kind.code;
    if (entry.kind == Entry.Kind.UNREADABLE) {
      return kind;
    }
    int flags = kind;
    flags |= entry.name[0] == '.' ? Folder.DOT : 0;
    flags |= entry.isShared ? Folder.SHARED : 0;
    boolean isFile = entry.kind == Entry.Kind.FILE;
    flags |= isFile && Stat.isHot(entry.changed, now) ? Folder.HOT : 0;
    if (old != null && at >= 0 && sameRules && old.kind(at) == entry.kind) {
      return flags | (old.flags[at] & (Folder.UNNAMABLE | Folder.VERDICT));
    }
    String name = text(entry.name);
    if (name == null) {
      return flags | Folder.UNNAMABLE;
    }
    Verdict verdict = rules.judge(path + name, !isFile);
    return flags | Folder.code(verdict);
  }

  /// A name as text, or null if no workspace path can express it here.
  private @Nullable String text(byte[] name) {
    boolean isPlain = path.length() + name.length <= MAX_PLAIN && isPlain(path);
    for (int i = 0; isPlain && i < name.length; i++) {
      isPlain = name[i] >= ' ' && name[i] < 0x7F;
    }
    if (isPlain) {
      return new String(name, StandardCharsets.ISO_8859_1);
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(name)).toString();
      return TreeWalk.isNamable(path + text) ? text : null;
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static boolean isPlain(String path) {
    for (int i = 0; i < path.length(); i++) {
      if (path.charAt(i) >= 0x7F) {
        return false;
      }
    }
    return true;
  }

  /// Whether the listing of a directory with these flags is kept.
  boolean isListed(Entry entry, int flags) {
    boolean isPossible =
        entry.kind == Entry.Kind.DIRECTORY
            && (flags & Folder.UNNAMABLE) == 0
            && (flags & Folder.VERDICT) != Folder.IGNORED;
    if (!isPossible || ((flags & Folder.DOT) == 0 && !path.startsWith(".homeport/"))) {
      return isPossible;
    }
    String name = new String(entry.name, StandardCharsets.UTF_8);
    return !name.equals(GIT) && !(path + name).equals(VERSIONS);
  }

  /// The generation in which an entry was last found to have changed.
  ///
  /// @param at its index in the old listing, or negative
  /// @param generation the generation that is being made
  int stamp(Entry entry, int at, int generation) {
    if (old == null || at < 0 || old.kind(at) != entry.kind) {
      return generation;
    }
    boolean isSame =
        entry.kind != Entry.Kind.FILE
            || (old.sizes[at] == entry.size
                && old.modified[at] == entry.modified
                && old.changed[at] == entry.changed
                && old.inodes[at] == entry.inode
                && !old.is(Folder.HOT, at));
    return isSame ? old.stamps[at] : generation;
  }
}
