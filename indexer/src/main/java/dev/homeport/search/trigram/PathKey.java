package dev.homeport.search.trigram;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.apache.lucene.util.BytesRef;

/// A path as bytes whose order is that of a walk: NUL stands for `/`, so what a directory holds
/// comes right after it and before names that only begin like it.
public final class PathKey implements Comparable<PathKey> {
  private final byte[] bytes;

  private PathKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /// The key of a path.
  public static PathKey of(String path) {
    byte[] bytes = path.getBytes(UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '/') {
        bytes[i] = 0;
      }
    }
    return new PathKey(bytes);
  }

  /// The path of a key that is part of an array.
  public static String path(byte[] bytes, int from, int to) {
    byte[] path = new byte[to - from];
    for (int i = 0; i < path.length; i++) {
      byte b = bytes[from + i];
      path[i] = b == 0 ? (byte) '/' : b;
    }
    return new String(path, UTF_8);
  }

  /// How the key compares with one that is part of an array.
  public int compareTo(byte[] others, int from, int to) {
    return Arrays.compareUnsigned(bytes, 0, bytes.length, others, from, to);
  }

  @Override
  public int compareTo(PathKey other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  /// The key as a term of an index.
  public BytesRef term() {
    return new BytesRef(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PathKey that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }
}
