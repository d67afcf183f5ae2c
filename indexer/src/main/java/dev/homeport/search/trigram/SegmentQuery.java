package dev.homeport.search.trigram;

import dev.homeport.search.gram.TrigramQuery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.TermState;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;

/// A query whose trigrams were located in one segment. Confined to one thread.
///
/// Documents are arrays of sorted numbers. A result may hold documents that do not meet the query,
/// since the rarest trigrams are taken first and the rest is left out once few documents remain.
abstract sealed class SegmentQuery {
  /// So few documents are sooner read than narrowed down further.
  private static final int FEW = 8;

  /// Skipping through postings pays if it ends at one in so many of them.
  private static final int SKIP = 16;

  /// The most documents that can come out, as far as it is known.
  final int cost;

  private SegmentQuery(int cost) {
    this.cost = cost;
  }

  /// Locates the trigrams of a query.
  static SegmentQuery of(TrigramQuery query, LeafReader segment) throws IOException {
    Terms terms = segment.terms(IndexSchema.GRAM);
    return terms == null
        ? of(query, TermsEnum.EMPTY, segment.maxDoc())
        : of(query, terms.iterator(), segment.maxDoc());
  }

  private static SegmentQuery of(TrigramQuery query, TermsEnum terms, int documents)
      throws IOException {
    return switch (query) {
      case TrigramQuery.All() -> new Every(documents);
      case TrigramQuery.None() -> new Nothing();
      case TrigramQuery.Gram(var gram) -> {
        var bytes = new BytesRef(new byte[] {(byte) (gram >> 16), (byte) (gram >> 8), (byte) gram});
        yield terms.seekExact(bytes) ? new Postings(terms, bytes, documents) : new Nothing();
      }
      case TrigramQuery.And(var parts) -> {
        var all = new ArrayList<SegmentQuery>();
        for (TrigramQuery part : parts) {
          SegmentQuery located = of(part, terms, documents);
          if (located instanceof Nothing) {
            yield located;
          }
          all.add(located);
        }
        all.sort(Comparator.comparingInt(part -> part.cost));
        yield new Intersection(all);
      }
      case TrigramQuery.Or(var branches) -> {
        var all = new ArrayList<SegmentQuery>();
        for (TrigramQuery branch : branches) {
          SegmentQuery located = of(branch, terms, documents);
          if (!(located instanceof Nothing)) {
            all.add(located);
          }
        }
        yield all.isEmpty() ? new Nothing() : new Union(all, documents);
      }
    };
  }

  /// All documents that meet the query.
  abstract int[] documents() throws IOException;

  /// Those of the given documents that meet the query.
  abstract int[] among(int[] documents) throws IOException;

  /// Adds all documents that meet the query to a set.
  void addTo(FixedBitSet set) throws IOException {
    for (int document : documents()) {
      set.set(document);
    }
  }

  private static int[] members(FixedBitSet set) {
    int[] members = new int[set.cardinality()];
    int count = 0;
    for (int document = 0; count < members.length; document++) {
      document = set.nextSetBit(document);
      members[count++] = document;
    }
    return members;
  }

  private static int[] members(FixedBitSet set, int[] among) {
    int[] members = new int[among.length];
    int count = 0;
    for (int document : among) {
      members[count] = document;
      count += set.get(document) ? 1 : 0;
    }
    return Arrays.copyOf(members, count);
  }

  private static final class Nothing extends SegmentQuery {
    Nothing() {
      super(0);
    }

    @Override
    int[] documents() {
      return new int[0];
    }

    @Override
    int[] among(int[] documents) {
      return new int[0];
    }
  }

  private static final class Every extends SegmentQuery {
    Every(int documents) {
      super(documents);
    }

    @Override
    int[] documents() {
      int[] all = new int[cost];
      Arrays.setAll(all, i -> i);
      return all;
    }

    @Override
    int[] among(int[] documents) {
      return documents;
    }
  }

  private static final class Postings extends SegmentQuery {
    private final TermsEnum terms;
    private final BytesRef gram;
    private final TermState state;
    private final int documents;

    Postings(TermsEnum terms, BytesRef gram, int documents) throws IOException {
      super(terms.docFreq());
      this.terms = terms;
      this.gram = gram;
      this.state = terms.termState();
      this.documents = documents;
    }

    private PostingsEnum open() throws IOException {
      terms.seekExact(gram, state);
      return terms.postings(null, PostingsEnum.NONE);
    }

    @Override
    int[] documents() throws IOException {
      PostingsEnum postings = open();
      int[] all = new int[cost];
      for (int i = 0; i < cost; i++) {
        all[i] = postings.nextDoc();
      }
      return all;
    }

    @Override
    int[] among(int[] candidates) throws IOException {
      if ((long) candidates.length * SKIP > cost) {
        var set = new FixedBitSet(documents);
        addTo(set);
        return members(set, candidates);
      }
      PostingsEnum postings = open();
      int[] found = new int[candidates.length];
      int count = 0;
      int document = -1;
      for (int candidate : candidates) {
        document = document < candidate ? postings.advance(candidate) : document;
        if (document == candidate) {
          found[count++] = candidate;
        }
      }
      return Arrays.copyOf(found, count);
    }

    @Override
    void addTo(FixedBitSet set) throws IOException {
      PostingsEnum postings = open();
      postings.nextDoc();
      postings.intoBitSet(PostingsEnum.NO_MORE_DOCS, set, 0);
    }
  }

  private static final class Intersection extends SegmentQuery {
    /// The rarest first.
    private final List<SegmentQuery> parts;

    Intersection(List<SegmentQuery> parts) {
      super(parts.getFirst().cost);
      this.parts = parts;
    }

    @Override
    int[] documents() throws IOException {
      return narrowed(parts.getFirst().documents(), parts.subList(1, parts.size()));
    }

    @Override
    int[] among(int[] documents) throws IOException {
      return narrowed(documents, parts);
    }

    private static int[] narrowed(int[] documents, List<SegmentQuery> by) throws IOException {
      int[] left = documents;
      for (SegmentQuery part : by) {
        if (left.length <= FEW) {
          break;
        }
        left = part.among(left);
      }
      return left;
    }
  }

  private static final class Union extends SegmentQuery {
    private final List<SegmentQuery> branches;
    private final int documents;

    Union(List<SegmentQuery> branches, int documents) {
      super((int) Math.min(documents, branches.stream().mapToLong(branch -> branch.cost).sum()));
      this.branches = branches;
      this.documents = documents;
    }

    @Override
    int[] documents() throws IOException {
      var set = new FixedBitSet(documents);
      addTo(set);
      return members(set);
    }

    @Override
    int[] among(int[] candidates) throws IOException {
      var set = new FixedBitSet(documents);
      if ((long) candidates.length * SKIP > cost) {
        addTo(set);
      } else {
        for (SegmentQuery branch : branches) {
          for (int document : branch.among(candidates)) {
            set.set(document);
          }
        }
      }
      return members(set, candidates);
    }

    @Override
    void addTo(FixedBitSet set) throws IOException {
      for (SegmentQuery branch : branches) {
        branch.addTo(set);
      }
    }
  }
}
