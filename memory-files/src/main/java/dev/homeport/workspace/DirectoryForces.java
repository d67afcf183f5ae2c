package dev.homeport.workspace;

import dev.homeport.workspace.GroupCommit.Answer;
import dev.homeport.workspace.GroupCommit.Pending;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Makes entries of directories durable: those who change one directory at a time share an fsync.
///
/// Thread-safe.
final class DirectoryForces {
  private static final int MOST_DIRECTORIES = 1_024;

  private final Durability durability;
  private final ConcurrentMap<Object, GroupCommit<SecureDirectory, Boolean>> commits =
      new ConcurrentHashMap<>();

  DirectoryForces(Durability durability) {
    this.durability = durability;
  }

  /// Waits until what was changed in a directory is durable.
  void force(SecureDirectory directory) throws IOException {
    if (durability == Durability.FULL) {
      commits(directory).commit(directory);
    }
  }

  /// The same, without waiting yet; the directory must stay open until it was waited for.
  Pending<Boolean> begin(SecureDirectory directory) throws IOException {
    return durability == Durability.FULL
        ? commits(directory).begin(directory)
        : Pending.done(false);
  }

  private GroupCommit<SecureDirectory, Boolean> commits(SecureDirectory directory)
      throws IOException {
    if (commits.size() >= MOST_DIRECTORIES) {
      // Who is waiting goes on with the one that it has.
      commits.clear();
    }
    return commits.computeIfAbsent(
        directory.key(), _ -> new GroupCommit<>(DirectoryForces::commit));
  }

  private static List<Answer<Boolean>> commit(List<SecureDirectory> same) throws IOException {
    same.getFirst().force();
    return same.stream().map(_ -> Answer.done(true)).toList();
  }
}
