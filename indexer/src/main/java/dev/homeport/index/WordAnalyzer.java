package dev.homeport.index;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.core.FlattenGraphFilter;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.miscellaneous.WordDelimiterGraphFilter;
import org.apache.lucene.analysis.util.CharTokenizer;

/// Splits text into words for prose and code alike.
///
/// An identifier counts whole and in its parts (`readTimeout_ms` is also `read`, `timeout`, `ms`);
/// words are stemmed, and those that say nothing are dropped.
final class WordAnalyzer extends Analyzer {
  private static final int IDENTIFIER_PARTS =
      WordDelimiterGraphFilter.GENERATE_WORD_PARTS
          | WordDelimiterGraphFilter.GENERATE_NUMBER_PARTS
          | WordDelimiterGraphFilter.PRESERVE_ORIGINAL
          | WordDelimiterGraphFilter.SPLIT_ON_CASE_CHANGE
          | WordDelimiterGraphFilter.SPLIT_ON_NUMERICS;

  private static final CharArraySet STOP_WORDS = stopWords();

  private static CharArraySet stopWords() {
    var words = new CharArraySet(EnglishAnalyzer.getDefaultStopSet(), true);
    for (String word :
        "how what where which who why when does do did can could should would i we you my our"
            .split(" ", -1)) {
      words.add(word);
    }
    return words;
  }

  @Override
  protected TokenStreamComponents createComponents(String fieldName) {
    var words = CharTokenizer.fromTokenCharPredicate(c -> Character.isLetterOrDigit(c) || c == '_');
    var parts = new WordDelimiterGraphFilter(words, IDENTIFIER_PARTS, null);
    var lower = new LowerCaseFilter(new FlattenGraphFilter(parts));
    return new TokenStreamComponents(
        words, new PorterStemFilter(new StopFilter(lower, STOP_WORDS)));
  }
}
