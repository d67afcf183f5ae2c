package dev.homeport.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.util.BytesRef;

/// The documents of a file: one for each passage, and what each field holds.
///
/// No text is stored: what an answer shows is read from the file.
final class IndexFields {
  /// The file, whole: for deleting.
  static final String PATH = "path";

  /// The words of the file's path.
  static final String PATH_WORDS = "path_words";

  /// The words of the passage.
  static final String BODY = "body";

  /// The words of headings and of lines that define something.
  static final String SYMBOLS = "symbols";

  /// The label of the file's kind.
  static final String KIND = "kind";

  /// The line that the passage begins with, counted from 1.
  static final String LINE = "line";

  /// The file's size when it was read, in bytes.
  static final String SIZE = "size";

  /// The file's last change when it was read, in nanoseconds since 1970.
  static final String MODIFIED = "modified";

  /// About how many characters a passage has; it ends with a line.
  static final int PASSAGE = 16 * 1024;

  private static final FieldType FREQUENCIES = frequencies();
  private static final Set<String> DEFINING =
      Set.of(
          "class",
          "def",
          "func",
          "function",
          "fn",
          "interface",
          "record",
          "struct",
          "enum",
          "trait",
          "type",
          "module",
          "package",
          "const",
          "macro");

  private IndexFields() {}

  private static FieldType frequencies() {
    var type = new FieldType();
    type.setTokenized(true);
    type.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
    type.freeze();
    return type;
  }

  /// The documents of a file; a file without text has one that holds its name alone.
  static List<Document> documents(String path, long size, long modified, String text) {
    var documents = new ArrayList<Document>();
    int start = 0;
    int line = 1;
    do {
      int end = passageEnd(text, start);
      String passage = text.substring(start, end);
      var document = new Document();
      document.add(new StringField(PATH, path, Field.Store.NO));
      document.add(new SortedDocValuesField(PATH, new BytesRef(path)));
      document.add(new StringField(KIND, FileKind.of(path).label(), Field.Store.NO));
      document.add(new NumericDocValuesField(LINE, line));
      document.add(new NumericDocValuesField(SIZE, size));
      document.add(new NumericDocValuesField(MODIFIED, modified));
      document.add(new Field(PATH_WORDS, path, FREQUENCIES));
      document.add(new Field(BODY, passage, FREQUENCIES));
      document.add(new Field(SYMBOLS, symbols(passage), FREQUENCIES));
      documents.add(document);
      line += (int) passage.chars().filter(c -> c == '\n').count();
      start = end;
    } while (start < text.length());
    return documents;
  }

  static int passageEnd(String text, int start) {
    if (text.length() - start <= PASSAGE) {
      return text.length();
    }
    int newline = text.indexOf('\n', start + PASSAGE);
    // A line of many passages is cut, so that no document grows without bound.
    return newline < 0 || newline > start + 2 * PASSAGE
        ? Math.min(text.length(), start + 2 * PASSAGE)
        : newline + 1;
  }

  private static String symbols(String passage) {
    var symbols = new StringBuilder();
    passage
        .lines()
        .filter(IndexFields::definesSomething)
        .forEach(l -> symbols.append(l).append('\n'));
    return symbols.toString();
  }

  private static boolean definesSomething(String line) {
    String stripped = line.strip();
    if (stripped.startsWith("#")) {
      return true;
    }
    int words = 0;
    for (String word : stripped.split(" ", 6)) {
      if (words++ < 5 && DEFINING.contains(word.toLowerCase(Locale.ROOT))) {
        return true;
      }
    }
    return false;
  }
}
