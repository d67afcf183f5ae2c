package dev.homeport.index;

import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.en.PorterStemFilter;

/// Splits text into words for prose and code alike.
///
/// An identifier counts whole and in its parts; words are stemmed, and those that say nothing are
/// dropped.
final class WordAnalyzer extends Analyzer {
  private final boolean splits;
  private final boolean stems;

  WordAnalyzer(Set<RankingPart> parts) {
    splits = parts.contains(RankingPart.SPLITTING);
    stems = parts.contains(RankingPart.STEMMING);
  }

  @Override
  protected TokenStreamComponents createComponents(String fieldName) {
    var words = new WordTokenizer(splits);
    var telling = new CommonWords(words, stems);
    return new TokenStreamComponents(words, stems ? new PorterStemFilter(telling) : telling);
  }
}
