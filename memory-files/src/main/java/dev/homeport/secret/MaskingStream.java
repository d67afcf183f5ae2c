package dev.homeport.secret;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;

/// Masks the secrets in a stream of text of any size, holding back only its last stretch.
///
/// What comes out is what [SecretMasker#mask] makes of the whole. All secrets are ASCII, so bytes
/// are taken for characters one by one and every other byte passes as it is. Not thread-safe.
public final class MaskingStream extends OutputStream {
  private static final int WINDOW = 128 * 1_024;

  private final OutputStream target;
  private final SecretAllowList allowed;

  /// What was passed on last, for rules that look back, and behind it what is held back.
  private final StringBuilder pending = new StringBuilder();

  private int passed;
  private int masked;

  /// @param target gets the masked text; [#finish] must be called at the end
  /// @param allowed what is no secret
  public MaskingStream(OutputStream target, SecretAllowList allowed) {
    this.target = target;
    this.allowed = allowed;
  }

  /// The number of secrets that were masked so far.
  public int masked() {
    return masked;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int end = offset + length;
    for (int at = offset; at < end; at += WINDOW) {
      pending.append(new String(bytes, at, Math.min(WINDOW, end - at), ISO_8859_1));
      if (pending.length() >= WINDOW) {
        pass(pending.length() - SecretScanner.LOOKS_AHEAD);
      }
    }
  }

  /// Passes on everything before a limit, and the secret that begins before it.
  private void pass(int limit) throws IOException {
    String text = pending.toString();
    var out = new StringBuilder(text.length());
    int copied = passed;
    for (var found : new SecretScanner(text, allowed).scan(passed)) {
      if (found.from() >= limit) {
        break;
      }
      out.append(text, copied, found.start()).append(found.kind().mask());
      copied = found.end();
      masked++;
    }
    int end = Math.max(copied, limit);
    out.append(text, copied, end);
    target.write(out.toString().getBytes(ISO_8859_1));
    int kept = Math.max(0, end - SecretScanner.LOOKS_BACK);
    pending.delete(0, kept);
    passed = end - kept;
  }

  /// Passes on everything that was held back; the text ends here.
  public void finish() throws IOException {
    pass(pending.length());
  }
}
