package dev.homeport.index;

import java.util.ArrayList;
import java.util.List;
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

  private static final FieldType FREQUENCIES = frequencies();

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
    FileKind kind = FileKind.of(path);
    String title = kind.isProse() ? title(text) : "";
    var documents = new ArrayList<Document>();
    for (Passage passage : Passage.of(text, kind.isProse())) {
      String body = text.substring(passage.start(), passage.end());
      String above = passage.start() == 0 ? "" : title;
      var document = new Document();
      document.add(new StringField(PATH, path, Field.Store.NO));
      document.add(new SortedDocValuesField(PATH, new BytesRef(path)));
      document.add(new StringField(KIND, kind.label(), Field.Store.NO));
      document.add(new NumericDocValuesField(LINE, passage.line()));
      document.add(new NumericDocValuesField(SIZE, size));
      document.add(new NumericDocValuesField(MODIFIED, modified));
      document.add(new Field(PATH_WORDS, path, FREQUENCIES));
      document.add(new Field(BODY, body, FREQUENCIES));
      document.add(new Field(SYMBOLS, above + symbols(body), FREQUENCIES));
      documents.add(document);
    }
    return documents;
  }

  /// The first line of a text if it is a heading: what all its passages are about.
  private static String title(String text) {
    return text.startsWith("#") ? text.lines().findFirst().orElse("") + '\n' : "";
  }

  private static String symbols(String passage) {
    var symbols = new StringBuilder();
    passage
        .lines()
        .filter(l -> l.startsWith("#") || Definitions.defines(l))
        .forEach(l -> symbols.append(l).append('\n'));
    return symbols.toString();
  }
}
