package dev.homeport.index;

import java.io.IOException;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;

/// Cuts text into words in lower case: an identifier whole, and then in its parts.
///
/// `readTimeout_ms` is `readtimeout_ms`, `read`, `timeout`, `ms`. A part ends at an underscore,
/// before a capital that begins a word, between letters and digits, and around each ideograph.
/// Words of more than [#MAX_WORD] characters (data, not language) are left out. Both offsets of a
/// token are those of its word.
final class WordTokenizer extends Tokenizer {
  /// The most characters of a word.
  static final int MAX_WORD = 64;

  private static final int MAX_PARTS = 12;
  private static final int NONE = 0;
  private static final int LOWER = 1;
  private static final int UPPER = 2;
  private static final int DIGIT = 3;
  private static final int JOINT = 4;
  private static final int IDEOGRAPH = 5;

  private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
  private final OffsetAttribute offset = addAttribute(OffsetAttribute.class);
  private final boolean splits;

  private final char[] buffer = new char[8192];
  private int filled;
  private int next;
  private int consumed;

  private final char[] word = new char[MAX_WORD];
  private int length;
  private int wordStart;

  private final int[] partStarts = new int[MAX_PARTS];
  private final int[] partEnds = new int[MAX_PARTS];
  private int parts;
  private int nextPart;

  /// Whether identifiers count in their parts, too.
  WordTokenizer(boolean splits) {
    this.splits = splits;
  }

  @Override
  public boolean incrementToken() throws IOException {
    if (nextPart < parts) {
      int part = nextPart++;
      emit(partStarts[part], partEnds[part]);
      return true;
    }
    if (!readWord()) {
      return false;
    }
    nextPart = 0;
    parts = 0;
    if (splits) {
      findParts();
    }
    for (int i = 0; i < length; i++) {
      word[i] = Character.toLowerCase(word[i]);
    }
    emit(0, length);
    return true;
  }

  private void emit(int from, int to) {
    clearAttributes();
    term.copyBuffer(word, from, to - from);
    offset.setOffset(correctOffset(wordStart), correctOffset(wordStart + length));
  }

  /// Reads the next word that is short enough; false at the end of the text.
  private boolean readWord() throws IOException {
    length = 0;
    boolean tooLong = false;
    while (true) {
      int c = read();
      if (c >= 0 && kind((char) c) != NONE) {
        if (length == 0 && !tooLong) {
          wordStart = consumed - 1;
        }
        if (length == MAX_WORD) {
          tooLong = true;
          length = 0;
        }
        if (!tooLong) {
          word[length++] = (char) c;
        }
      } else if (length > 0) {
        return true;
      } else if (c < 0) {
        return false;
      } else {
        tooLong = false;
      }
    }
  }

  private int read() throws IOException {
    if (next == filled) {
      filled = Math.max(0, input.read(buffer, 0, buffer.length));
      next = 0;
      if (filled == 0) {
        return -1;
      }
    }
    consumed++;
    return buffer[next++];
  }

  /// Sets the parts of the word; none if it is one part.
  private void findParts() {
    int start = 0;
    int before = NONE;
    for (int i = 0; i <= length; i++) {
      int kind = i < length ? kind(word[i]) : NONE;
      if (i > start && isBoundary(before, kind, i)) {
        add(start, i);
        start = i;
      }
      if (kind == JOINT) {
        start = i + 1;
      }
      before = kind;
    }
    if (parts == 1 && partEnds[0] - partStarts[0] == length) {
      parts = 0;
    }
  }

  private boolean isBoundary(int before, int kind, int i) {
    if (kind == UPPER && before == UPPER) {
      return i + 1 < length && kind(word[i + 1]) == LOWER;
    }
    return kind == IDEOGRAPH || (kind != before && !(before == UPPER && kind == LOWER));
  }

  private void add(int from, int to) {
    if (parts < MAX_PARTS) {
      partStarts[parts] = from;
      partEnds[parts++] = to;
    }
  }

  private static int kind(char c) {
    if (c < 0x80) {
      return ASCII[c];
    }
    if (Character.isIdeographic(c)) {
      return IDEOGRAPH;
    }
    if (Character.isUpperCase(c)) {
      return UPPER;
    }
    if (Character.isDigit(c)) {
      return DIGIT;
    }
    return Character.isLetter(c) || Character.isSurrogate(c) ? LOWER : NONE;
  }

  private static final byte[] ASCII = ascii();

  private static byte[] ascii() {
    var kinds = new byte[0x80];
    for (char c = 0; c < 0x80; c++) {
      if (c >= 'a' && c <= 'z') {
        kinds[c] = LOWER;
      } else if (c >= 'A' && c <= 'Z') {
        kinds[c] = UPPER;
      } else if (c >= '0' && c <= '9') {
        kinds[c] = DIGIT;
      } else if (c == '_') {
        kinds[c] = JOINT;
      }
    }
    return kinds;
  }

  @Override
  public void reset() throws IOException {
    super.reset();
    filled = 0;
    next = 0;
    consumed = 0;
    parts = 0;
    nextPart = 0;
    length = 0;
  }

  @Override
  public void end() throws IOException {
    super.end();
    offset.setOffset(correctOffset(consumed), correctOffset(consumed));
  }
}
