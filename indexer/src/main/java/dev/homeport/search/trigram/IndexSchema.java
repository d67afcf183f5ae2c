package dev.homeport.search.trigram;

import java.util.HashMap;
import org.apache.lucene.index.DocValuesSkipIndexType;
import org.apache.lucene.index.DocValuesType;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.FieldInfos;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.VectorEncoding;
import org.apache.lucene.index.VectorSimilarityFunction;

/// The fields of the index. A document is a chunk; of each file the last chunk, and it alone, has a
/// fingerprint, so a file that was not indexed to its end has none.
public final class IndexSchema {
  /// The format of the fields; raised with every change of them or of what chunks are.
  public static final String VERSION = "1";

  /// Keys of the user data of a commit.
  public static final String VERSION_KEY = "trigram-format";

  public static final String TREE_KEY = "tree";

  /// The key of the file's path, indexed for deletes.
  public static final String PATH = "path";

  /// The distinct trigrams of the chunk, 3 bytes each.
  public static final String GRAM = "gram";

  public static final String OFFSET = "offset";
  public static final String LENGTH = "length";
  public static final String LINE = "line";
  public static final String SIZE = "size";
  public static final String MODIFIED = "modified";
  public static final String INODE = "inode";

  /// The code of the [Coverage].
  public static final String COVERAGE = "coverage";

  private IndexSchema() {}

  /// All fields; made anew each time, since Lucene adds attributes.
  public static FieldInfos fields() {
    return new FieldInfos(
        new FieldInfo[] {
          field(PATH, 0, IndexOptions.DOCS, DocValuesType.SORTED),
          field(GRAM, 1, IndexOptions.DOCS, DocValuesType.NONE),
          number(OFFSET, 2),
          number(LENGTH, 3),
          number(LINE, 4),
          number(SIZE, 5),
          number(MODIFIED, 6),
          number(INODE, 7),
          number(COVERAGE, 8)
        });
  }

  private static FieldInfo number(String name, int number) {
    return field(name, number, IndexOptions.NONE, DocValuesType.NUMERIC);
  }

  private static FieldInfo field(
      String name, int number, IndexOptions postings, DocValuesType values) {
    return new FieldInfo(
        name,
        number,
        false,
        postings != IndexOptions.NONE,
        false,
        postings,
        values,
        DocValuesSkipIndexType.NONE,
        -1,
        new HashMap<>(),
        0,
        0,
        0,
        0,
        VectorEncoding.FLOAT32,
        VectorSimilarityFunction.EUCLIDEAN,
        false,
        false);
  }
}
