package dev.homeport.index;

import java.util.Map;
import java.util.Set;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/// Turns the words of a question into a Lucene query.
///
/// A word that a long question repeats weighs `1 + ln n`. The weights of the fields come from
/// localising files of issue reports: the words of a path count twice, those of definitions half.
final class RankedQuery {
  private static final Map<String, Float> FIELDS =
      Map.of(IndexFields.BODY, 1.0f, IndexFields.PATH_WORDS, 2.0f, IndexFields.SYMBOLS, 0.5f);

  private static final int MAX_WORDS = 512;

  private RankedQuery() {}

  static Query of(Map<String, Integer> words, Set<FileKind> kinds) {
    var query = new BooleanQuery.Builder();
    words.entrySet().stream()
        .limit(MAX_WORDS)
        .forEach(word -> {
          float weight = (float) (1 + Math.log(word.getValue()));
          query.add(anyField(word.getKey(), weight), Occur.SHOULD);
        });
    query.setMinimumNumberShouldMatch(1);
    if (!kinds.isEmpty()) {
      var anyKind = new BooleanQuery.Builder();
      kinds.forEach(kind ->
          anyKind.add(new TermQuery(new Term(IndexFields.KIND, kind.label())), Occur.SHOULD));
      query.add(anyKind.build(), Occur.FILTER);
    }
    return query.build();
  }

  private static Query anyField(String word, float weight) {
    var fields = new BooleanQuery.Builder();
    FIELDS.forEach((field, boost) ->
        fields.add(
            new BoostQuery(new TermQuery(new Term(field, word)), weight * boost), Occur.SHOULD));
    return fields.build();
  }
}
