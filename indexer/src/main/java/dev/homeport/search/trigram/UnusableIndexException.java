package dev.homeport.search.trigram;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serial;
import java.nio.file.NoSuchFileException;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.jspecify.annotations.Nullable;

/// An index that is damaged, of another format or of another tree: it has to be made again.
public final class UnusableIndexException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  UnusableIndexException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /// Something that reads or writes an index.
  public interface Access<T> {
    /// Does it.
    T get() throws IOException;
  }

  /// Reads, and tells a damaged index by the various exceptions that it causes.
  static <T> T reading(Access<T> reading) throws IOException {
    try {
      return telling(reading);
    } catch (IndexOutOfBoundsException | NegativeArraySizeException | InternalError e) {
      // The last one is thrown for files that were cut off while they are mapped into memory.
      throw new UnusableIndexException("the trigram index is damaged", e);
    }
  }

  /// Reads or writes, and tells a damaged index by the exceptions for it.
  public static <T> T telling(Access<T> access) throws IOException {
    try {
      return access.get();
    } catch (CorruptIndexException
        | IndexFormatTooOldException
        | IndexFormatTooNewException
        | EOFException
        | FileNotFoundException
        | NoSuchFileException e) {
      throw new UnusableIndexException("the trigram index is damaged", e);
    }
  }
}
