package dev.homeport.result;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.homeport.secret.MaskedText;
import dev.homeport.secret.SecretMasker;
import java.io.IOException;
import java.io.OutputStream;

/// Masks the secrets in a stream of text of any size, holding back only its last stretch.
///
/// All secrets are ASCII, so bytes are taken for characters one by one and every other byte passes
/// as it is. The stream is cut at white space, and never inside a private key.
final class MaskingStream extends OutputStream {
  private static final int WINDOW = 64 * 1_024;
  private static final int HELD_BACK = 20 * 1_024;
  private static final String PEM_BEGIN = "-----BEGIN ";
  private static final String PEM_END = "-----END ";

  private final OutputStream target;
  private final StringBuilder pending = new StringBuilder();
  private int masked;

  MaskingStream(OutputStream target) {
    this.target = target;
  }

  /// The number of secrets that were masked so far.
  int masked() {
    return masked;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    pending.append(new String(bytes, offset, length, ISO_8859_1));
    if (pending.length() >= WINDOW) {
      pass(cut());
    }
  }

  private int cut() {
    int limit = pending.length() - HELD_BACK;
    int cut = limit;
    while (cut > 0 && pending.charAt(cut - 1) != '\n') {
      cut--;
    }
    if (cut == 0) {
      cut = limit;
      while (cut > 0 && pending.charAt(cut - 1) > ' ') {
        cut--;
      }
    }
    if (cut == 0) {
      return limit;
    }
    int key = pending.lastIndexOf(PEM_BEGIN, cut - 1);
    boolean insideKey = key > 0 && cut - key < HELD_BACK && isOpen(key, cut);
    return insideKey ? key : cut;
  }

  private boolean isOpen(int key, int cut) {
    int end = pending.indexOf(PEM_END, key);
    return end < 0 || end >= cut;
  }

  private void pass(int length) throws IOException {
    MaskedText result = SecretMasker.mask(pending.substring(0, length));
    masked += result.total();
    target.write(result.text().getBytes(ISO_8859_1));
    pending.delete(0, length);
  }

  /// Passes on everything that was held back; the content ends here.
  void finish() throws IOException {
    pass(pending.length());
  }
}
