package dev.homeport.search.trigram.build;

import dev.homeport.search.trigram.IndexSchema;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.apache.lucene.codecs.FieldsProducer;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/// The terms of runs with their documents.
final class RunPostings extends FieldsProducer {
  private final RunDocuments documents;

  RunPostings(RunDocuments documents) {
    this.documents = documents;
  }

  @Override
  public Iterator<String> iterator() {
    return List.of(IndexSchema.GRAM, IndexSchema.PATH).iterator();
  }

  @Override
  public int size() {
    return 2;
  }

  @Override
  public @Nullable Terms terms(String field) {
    return switch (field) {
      case IndexSchema.GRAM -> new RunTerms(documents, () -> new Grams(documents));
      case IndexSchema.PATH -> new RunTerms(documents, () -> new Paths(documents));
      default -> null;
    };
  }

  @Override
  public void checkIntegrity() {}

  @Override
  public void close() {}

  /// The trigrams of all runs, merged.
  private static final class Grams extends ForwardTerms {
    private final RunDocuments documents;

    /// For each run, which of its trigrams comes next.
    private final int[] next;

    private final BytesRef term = new BytesRef(new byte[3]);
    private int gram = -1;

    Grams(RunDocuments documents) {
      this.documents = documents;
      next = new int[documents.runs().size()];
    }

    @Override
    public @Nullable BytesRef next() {
      int least = Integer.MAX_VALUE;
      for (int run = 0; run < next.length; run++) {
        int[] grams = documents.runs().get(run).grams;
        if (next[run] < grams.length && grams[next[run]] == gram) {
          next[run]++;
        }
        least = next[run] < grams.length ? Math.min(least, grams[next[run]]) : least;
      }
      gram = least;
      term.bytes[0] = (byte) (gram >> 16);
      term.bytes[1] = (byte) (gram >> 8);
      term.bytes[2] = (byte) gram;
      return least == Integer.MAX_VALUE ? null : term;
    }

    private boolean has(int run) {
      int[] grams = documents.runs().get(run).grams;
      return next[run] < grams.length && grams[next[run]] == gram;
    }

    @Override
    public BytesRef term() {
      return term;
    }

    @Override
    public int docFreq() {
      int count = 0;
      for (int run = 0; run < next.length; run++) {
        int[] starts = documents.runs().get(run).starts;
        count += has(run) ? starts[next[run] + 1] - starts[next[run]] : 0;
      }
      return count;
    }

    @Override
    public PostingsEnum postings(@Nullable PostingsEnum reuse, int flags) {
      return new ForwardPostings(docFreq()) {
        private int run = -1;
        private int base;
        private int at;
        private int end;
        private char[] inRun = {};

        @Override
        int following(int document) {
          while (at == end) {
            if (++run == next.length) {
              return NO_MORE_DOCS;
            }
            GramRun current = documents.runs().get(run);
            at = has(run) ? current.starts[next[run]] : 0;
            end = has(run) ? current.starts[next[run] + 1] : 0;
            base = documents.base(run);
            inRun = current.documents;
          }
          return base + inRun[at++];
        }
      };
    }
  }

  private static final class Paths extends ForwardTerms {
    private final RunDocuments documents;
    private int ordinal = -1;

    Paths(RunDocuments documents) {
      this.documents = documents;
    }

    @Override
    public @Nullable BytesRef next() {
      return ++ordinal == documents.keyCount() ? null : term();
    }

    @Override
    public BytesRef term() {
      return documents.key(ordinal);
    }

    @Override
    public int docFreq() {
      return documents.documentCount(ordinal);
    }

    @Override
    public PostingsEnum postings(@Nullable PostingsEnum reuse, int flags) {
      int file = ordinal;
      return new ForwardPostings(docFreq()) {
        @Override
        int following(int document) {
          int next = documents.nextDocument(file, document);
          return next < 0 ? NO_MORE_DOCS : next;
        }
      };
    }
  }

  /// Opens an enumeration of terms.
  private interface Opener {
    TermsEnum open() throws IOException;
  }

  private static final class RunTerms extends Terms {
    private final RunDocuments documents;
    private final Opener opener;

    RunTerms(RunDocuments documents, Opener opener) {
      this.documents = documents;
      this.opener = opener;
    }

    @Override
    public TermsEnum iterator() throws IOException {
      return opener.open();
    }

    @Override
    public long size() {
      return -1;
    }

    @Override
    public long getSumTotalTermFreq() {
      return getSumDocFreq();
    }

    @Override
    public long getSumDocFreq() {
      return documents.runs().stream().mapToLong(run -> run.documents.length).sum();
    }

    @Override
    public int getDocCount() {
      return documents.count();
    }

    @Override
    public boolean hasFreqs() {
      return false;
    }

    @Override
    public boolean hasOffsets() {
      return false;
    }

    @Override
    public boolean hasPositions() {
      return false;
    }

    @Override
    public boolean hasPayloads() {
      return false;
    }
  }
}
