package dev.homeport.index;

/// Is told how far a search is with reading files that changed.
@FunctionalInterface
public interface IndexProgress {
  /// Nobody is told.
  IndexProgress NONE = (_, _) -> {};

  /// Says how many files were read, now and then.
  ///
  /// @param files how many were read; grows from one call to the next
  /// @param of how many there are to read
  void read(int files, int of);
}
