package dev.homeport.skills.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.skills.text.TextIndex.Document;
import dev.homeport.skills.text.TextIndex.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TextIndexTest {
  private final Random random = new Random(7);

  @Test
  void ranksSegmentsAsOneIndexOfTheSameDocuments() {
    List<Document> documents = documents(400);
    var whole = TextIndex.of(documents);
    var parts =
        List.of(
            new Part(IndexSegment.of(documents.subList(0, 150)), numbers(0, 150)),
            new Part(IndexSegment.of(documents.subList(150, 400)), numbers(150, 400)));
    var inParts = TextIndex.of(400, parts);
    IndexSegment merged = TextIndex.merge(400, parts);
    var ofMerged = TextIndex.of(400, List.of(new Part(merged, numbers(0, 400))));
    var reread =
        TextIndex.of(400, List.of(new Part(IndexSegment.of(merged.buffer()), numbers(0, 400))));

    for (int i = 0; i < 50; i++) {
      String query = words(5);
      assertThat(search(inParts, query, 20)).isEqualTo(search(whole, query, 20)).isNotEmpty();
      assertThat(search(ofMerged, query, 20)).isEqualTo(search(whole, query, 20));
      assertThat(search(reread, query, 20)).isEqualTo(search(whole, query, 20));
    }
  }

  @Test
  void countsOnlyDocumentsThatAreSearched() {
    List<Document> documents = documents(300);
    var kept = new ArrayList<Document>();
    int[] numbers = new int[300];
    for (int i = 0; i < 300; i++) {
      numbers[i] = i % 3 == 0 ? -1 : kept.size();
      if (i % 3 != 0) {
        kept.add(documents.get(i));
      }
    }
    var part = new Part(IndexSegment.of(documents), numbers);
    var without = TextIndex.of(kept.size(), List.of(part));
    IndexSegment merged = TextIndex.merge(kept.size(), List.of(part));

    assertThat(merged.documents()).isEqualTo(kept.size());
    for (int i = 0; i < 50; i++) {
      String query = words(4);
      assertThat(search(without, query, 10)).isEqualTo(search(TextIndex.of(kept), query, 10));
    }
  }

  @Test
  void takesOtherVersionsOfDocumentsIn() {
    List<Document> documents = documents(300);
    List<Document> edited = documents(2);
    TextIndex changed =
        TextIndex.of(documents)
            .with(new int[] {200, 7}, IndexSegment.of(edited))
            .with(new int[] {7}, IndexSegment.of(edited.subList(0, 1)));
    documents.set(200, edited.get(0));
    documents.set(7, edited.get(0));
    TextIndex anew = TextIndex.of(documents);

    for (int i = 0; i < 50; i++) {
      String query = words(4);
      assertThat(search(changed, query, 10)).isEqualTo(search(anew, query, 10));
    }
  }

  @Test
  void doubtsTwoWordsMoreThanMany() {
    List<Document> documents = documents(300);
    var index = TextIndex.of(documents);
    List<String> known = List.of(documents.getFirst().description().split(" ", -1));
    String unknown = " zzqa zzqb zzqc zzqd zzqe zzqf zzqg zzqh";

    double ofTwo = search(index, known.getFirst() + " zzqa", 1).getFirst().fit();
    double ofMany =
        search(index, String.join(" ", known.subList(0, 8)) + unknown, 1).getFirst().fit();

    assertThat(ofTwo).isLessThan(ofMany);
  }

  @Test
  void doubtsOneWordMoreThanTwoOfTheSameWeight() {
    var index =
        TextIndex.of(
            List.of(
                new Document("a", "alpha", ""),
                new Document("b", "beta gamma", ""),
                new Document("c", "delta", "")));

    double one = search(index, "alpha omega", 1).getFirst().fit();
    double two = search(index, "beta gamma omega psi", 1).getFirst().fit();

    assertThat(two).isGreaterThan(1.2 * one);
  }

  @Test
  void ranksByFunctionWordsWhatOtherWordsLeaveOpen() {
    var index =
        TextIndex.of(
            List.of(
                new Document("notes", "Write release notes.", ""),
                new Document("news", "Tell users what is new in a release.", "")));

    assertThat(search(index, "release: what is in it", 2).getFirst().document()).isEqualTo(1);
    assertThat(search(index, "what is it", 2).getFirst().fit())
        .isPositive()
        .isLessThan(search(index, "release", 2).getFirst().fit());
  }

  @Test
  void findsAWordHoweverItsCapitalsStand() {
    var index =
        TextIndex.of(
            List.of(
                new Document("a", "query a big table", ""),
                new Document("b", "load into BigQuery", ""),
                new Document("c", "wordpress themes", "")));

    assertThat(search(index, "bigquery", 3))
        .extracting(TextIndex.Ranked::document)
        .containsExactly(1);
    assertThat(search(index, "BigQuery", 3))
        .extracting(TextIndex.Ranked::document)
        .containsExactly(1);
    assertThat(search(index, "WordPress", 3))
        .extracting(TextIndex.Ranked::document)
        .containsExactly(2);
    assertThat(search(index, "BigTable", 3).getFirst().document()).isZero();
    assertThat(search(index, "BigStone", 3)).isEmpty();
    assertThat(search(index, "bigStoneTable", 3).getFirst().document()).isZero();
  }

  @Test
  void prefersASkillThatQuotesTheRequest() {
    List<Document> documents =
        List.of(
            new Document(
                "deploy", "Deploy a pipeline to production.", "Deploy, then deploy again."),
            new Document(
                "guide", "For questions such as 'how do I deploy', and about a pipeline.", ""));

    assertThat(
            TextIndex.of(documents)
                .search(
                    "how do I deploy my pipeline?",
                    2,
                    number -> List.of(documents.get(number).description()))
                .getFirst()
                .document())
        .isEqualTo(1);
  }

  @Test
  void takesABodyForLessThanADescriptionHoweverOftenItSaysAWord() {
    var index =
        TextIndex.of(
            List.of(
                new Document("a", "unrelated", "brew ".repeat(500)),
                new Document("b", "brew tea", ""),
                new Document("c", "brew coffee", "brew")));

    assertThat(search(index, "brew", 3))
        .extracting(TextIndex.Ranked::document)
        .containsExactly(2, 1, 0);
  }

  @Test
  void findsNothingInNothing() {
    assertThat(search(TextIndex.of(List.of()), "anything", 5)).isEmpty();
    assertThat(search(TextIndex.of(0, List.of(new Part(IndexSegment.EMPTY, new int[0]))), "x", 5))
        .isEmpty();
  }

  @Test
  void prefersWordsThatStandTogether() {
    List<Document> documents =
        List.of(
            new Document("a", "test each unit of measure now", ""),
            new Document("b", "measure each and write unit tests", ""));

    List<TextIndex.Ranked> ranked =
        TextIndex.of(documents)
            .search("unit test", 2, number -> List.of(documents.get(number).description()));

    assertThat(ranked.getFirst().document()).isEqualTo(1);
    assertThat(ranked.getFirst().fit()).isGreaterThan(ranked.getLast().fit());
  }

  private static List<TextIndex.Ranked> search(TextIndex index, String query, int limit) {
    return index.search(query, limit, _ -> List.of());
  }

  private static int[] numbers(int from, int to) {
    return java.util.stream.IntStream.range(from, to).toArray();
  }

  private List<Document> documents(int count) {
    var documents = new ArrayList<Document>();
    for (int i = 0; i < count; i++) {
      documents.add(new Document(words(2), words(15), words(100)));
    }
    return documents;
  }

  private String words(int count) {
    return random
        .ints(count, 0, 800)
        .mapToObj(word -> "w" + Integer.toString(word * word + 500, 36))
        .collect(Collectors.joining(" "));
  }
}
