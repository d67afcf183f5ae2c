package dev.homeport.search.live;

import org.jspecify.annotations.Nullable;

/// A listing whose directories are still to be listed. For one thread at a time, but that each
/// directory may be given by a thread of its own.
interface FolderDraft {
  /// A directory that is to be listed.
  ///
  /// @param index its index among the directories
  /// @param old its older listing, or null
  record Child(int index, String name, @Nullable Folder old) {}

  /// Says what the listing of the directory with this index among the directories is.
  void child(int index, Folder child);

  /// The listing, once all directories are given.
  Folder folder(Folder.Facts facts);
}
