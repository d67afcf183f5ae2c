package dev.homeport.search.trigram.build;

import java.io.IOException;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/// The documents of a term, without frequencies and positions.
abstract class ForwardPostings extends PostingsEnum {
  private final int count;
  private int document = -1;

  ForwardPostings(int count) {
    this.count = count;
  }

  /// The document after another, or `NO_MORE_DOCS`.
  abstract int following(int previous);

  @Override
  public int docID() {
    return document;
  }

  @Override
  public int nextDoc() {
    document = following(document);
    return document;
  }

  @Override
  public int advance(int target) throws IOException {
    return slowAdvance(target);
  }

  @Override
  public long cost() {
    return count;
  }

  @Override
  public int freq() {
    return 1;
  }

  @Override
  public int nextPosition() {
    return -1;
  }

  @Override
  public int startOffset() {
    return -1;
  }

  @Override
  public int endOffset() {
    return -1;
  }

  @Override
  public @Nullable BytesRef getPayload() {
    return null;
  }
}
