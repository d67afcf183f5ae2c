package dev.homeport.sandbox.egress.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;

/// Puts asterisks in place of secrets that a server sends back. Only what stands there as it was
/// sent is found: nothing compressed, encoded or cut into pieces.
///
/// @param secrets none of them empty
record Mask(List<String> secrets) {
  /// Covers nothing.
  static final Mask NONE = new Mask(List.of());

  /// Copies the secrets.
  Mask {
    secrets = List.copyOf(secrets);
  }

  String cover(String text) {
    String covered = text;
    for (String secret : secrets) {
      covered = covered.replace(secret, "*".repeat(secret.length()));
    }
    return covered;
  }

  /// The same bytes, as many of them, but for the secrets.
  InputStream cover(InputStream input) {
    InputStream covered = input;
    for (String secret : secrets) {
      covered = new Covered(covered, secret.getBytes(ISO_8859_1));
    }
    return covered;
  }

  /// Never numbers of what is hidden.
  @Override
  public String toString() {
    return "Mask";
  }

  /// Holds back what may be the beginning of the secret until more is known.
  private static final class Covered extends FilterInputStream {
    private final byte[] secret;
    private byte[] held = {};
    private int ready;
    private int given;
    private boolean ended;

    Covered(InputStream input, byte[] secret) {
      super(input);
      this.secret = secret;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      while (given == ready && !ended) {
        more(length);
      }
      int count = Math.min(length, ready - given);
      System.arraycopy(held, given, bytes, offset, count);
      given += count;
      return count == 0 ? -1 : count;
    }

    private void more(int length) throws IOException {
      byte[] next = new byte[Math.max(length, secret.length)];
      int count = super.read(next, 0, next.length);
      int kept = held.length - ready;
      byte[] all = new byte[kept + Math.max(count, 0)];
      System.arraycopy(held, ready, all, 0, kept);
      System.arraycopy(next, 0, all, kept, Math.max(count, 0));
      int at = 0;
      while (at < all.length) {
        int match = matching(all, at);
        if (match == secret.length) {
          Arrays.fill(all, at, at + match, (byte) '*');
          at += match;
        } else if (at + match == all.length && count >= 0) {
          break;
        } else {
          at++;
        }
      }
      held = all;
      ready = at;
      given = 0;
      ended = count < 0;
    }

    /// How many bytes from a position on are those of the secret.
    private int matching(byte[] all, int from) {
      int count = 0;
      while (count < secret.length
          && from + count < all.length
          && all[from + count] == secret[count]) {
        count++;
      }
      return count;
    }
  }
}
