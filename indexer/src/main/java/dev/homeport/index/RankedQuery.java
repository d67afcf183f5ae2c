package dev.homeport.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/// Turns the words of a question into a Lucene query for passages.
///
/// The weights of the fields come from localising files of commits and issue reports: the words of
/// a path count twice, those of definitions and headings half.
final class RankedQuery {
  /// The rarest words of a longer question are taken; three fields of them stay below Lucene's
  /// limit.
  private static final int MAX_WORDS = 320;

  private RankedQuery() {}

  static Query of(QueryWords words, Set<FileKind> kinds, Set<RankingPart> parts, IndexReader reader)
      throws IOException {
    var fields = new java.util.LinkedHashMap<String, Float>();
    fields.put(IndexFields.BODY, 1.0f);
    if (parts.contains(RankingPart.PATH)) {
      fields.put(IndexFields.PATH_WORDS, 2.0f);
    }
    if (parts.contains(RankingPart.SYMBOLS)) {
      fields.put(IndexFields.SYMBOLS, 0.5f);
    }
    var query = new BooleanQuery.Builder();
    for (var word : rarest(words.weights(), reader)) {
      fields.forEach((field, boost) ->
          query.add(
              new BoostQuery(
                  new TermQuery(new Term(field, word.getKey())), word.getValue() * boost),
              Occur.SHOULD));
    }
    query.setMinimumNumberShouldMatch(1);
    if (!kinds.isEmpty()) {
      var anyKind = new BooleanQuery.Builder();
      kinds.forEach(kind ->
          anyKind.add(new TermQuery(new Term(IndexFields.KIND, kind.label())), Occur.SHOULD));
      query.add(anyKind.build(), Occur.FILTER);
    }
    return query.build();
  }

  private static List<Map.Entry<String, Float>> rarest(
      Map<String, Float> weights, IndexReader reader) throws IOException {
    if (weights.size() <= MAX_WORDS) {
      return List.copyOf(weights.entrySet());
    }
    record Counted(Map.Entry<String, Float> word, int files) {}
    var counted = new ArrayList<Counted>();
    for (var word : weights.entrySet()) {
      int files = reader.docFreq(new Term(IndexFields.BODY, word.getKey()));
      if (files > 0) {
        counted.add(new Counted(word, files));
      }
    }
    counted.sort(Comparator.comparingInt(Counted::files));
    return counted.stream().limit(MAX_WORDS).map(Counted::word).toList();
  }
}
