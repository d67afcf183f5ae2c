package dev.homeport.file;

/// Which part of a file to read. Whatever is asked for, a read is bounded: see [WorkspaceFiles].
public sealed interface Slice {
  /// The whole file from its start.
  Slice ALL = new LineRange(1, -1);

  /// Lines, both ends included.
  ///
  /// @param first from 1
  /// @param last -1 for the end of the file
  record LineRange(long first, long last) implements Slice {
    /// Checks the range.
    public LineRange {
      if (first < 1 || (last != -1 && last < first)) {
        throw new IllegalArgumentException(
            "lines %d to %d are no range; lines count from 1".formatted(first, last));
      }
    }
  }

  /// Bytes. The edges move inwards to whole characters.
  ///
  /// @param offset from 0
  /// @param limit the most bytes
  record ByteRange(long offset, long limit) implements Slice {
    /// Checks the range.
    public ByteRange {
      if (offset < 0 || limit < 1) {
        throw new IllegalArgumentException(
            "%d bytes from offset %d are no range".formatted(limit, offset));
      }
    }
  }

  /// The first lines.
  ///
  /// @param lines how many
  record Head(long lines) implements Slice {
    /// Checks the number.
    public Head {
      requirePositive(lines);
    }
  }

  /// The last lines.
  ///
  /// @param lines how many
  record Tail(long lines) implements Slice {
    /// Checks the number.
    public Tail {
      requirePositive(lines);
    }
  }

  private static void requirePositive(long lines) {
    if (lines < 1) {
      throw new IllegalArgumentException("lines is " + lines + ", but must be positive");
    }
  }
}
