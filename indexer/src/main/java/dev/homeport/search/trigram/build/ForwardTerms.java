package dev.homeport.search.trigram.build;

import org.apache.lucene.index.BaseTermsEnum;
import org.apache.lucene.index.ImpactsEnum;
import org.apache.lucene.util.BytesRef;

/// Terms that can only be read one after the other, as a merge does.
abstract class ForwardTerms extends BaseTermsEnum {
  @Override
  public long totalTermFreq() {
    return -1;
  }

  @Override
  public SeekStatus seekCeil(BytesRef term) {
    throw onlyForward();
  }

  @Override
  public void seekExact(long ordinal) {
    throw onlyForward();
  }

  @Override
  public long ord() {
    throw onlyForward();
  }

  @Override
  public ImpactsEnum impacts(int flags) {
    throw onlyForward();
  }

  private static UnsupportedOperationException onlyForward() {
    return new UnsupportedOperationException("these terms are read from front to back");
  }
}
