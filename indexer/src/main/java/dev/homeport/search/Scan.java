package dev.homeport.search;

import dev.homeport.search.regex.RegexSyntaxException;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/// The search of many files, whose results come in the order of the files.
interface Scan extends AutoCloseable {
  /// The result of the next file, or empty after the last one.
  ///
  /// @param deadline of [System#nanoTime]
  Optional<FileResult> next(long deadline)
      throws IOException, RegexSyntaxException, InterruptedException, TimeoutException;

  /// What was left out, known after the last result.
  Skipped skipped();

  @Override
  void close() throws IOException;
}
