package dev.homeport.search.trigram.build;

import dev.homeport.search.trigram.Chunk;
import dev.homeport.search.trigram.PathKey;
import dev.homeport.search.trigram.build.GramRun.Entry;
import dev.homeport.search.trigram.build.GramRun.FileEnd;
import dev.homeport.search.trigram.build.GramRun.FilePart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Collects chunks and inverts them: from the trigrams of each chunk to the chunks of each trigram.
///
/// A counting sort over pages of counters: only pages of trigrams that occur are made, which for
/// text are few. Confined to one thread.
final class RunBuilder {
  /// The most documents of a run; fits a `char`.
  private static final int MAX_DOCUMENTS = 1 << 13;

  /// The most pairs of trigram and chunk, but for a last chunk that brings more.
  private static final int MAX_PAIRS = 4 << 20;

  private static final int PAGE_BITS = 12;
  private static final int PAGE = 1 << PAGE_BITS;

  private final GramScanner scanner = new GramScanner();

  /// How often each trigram occurs; while it is sorted, where its next document goes.
  private final int[] @Nullable [] counters = new int[PAGE][];

  private int[] pairs = new int[1 << 20];
  private int pairCount;
  private int distinct;
  private int[] ends = new int[MAX_DOCUMENTS];
  private List<Entry> chunks = new ArrayList<>();
  private List<FilePart> files = new ArrayList<>();
  private PathKey key = PathKey.of("");
  private boolean isFirstPart;
  private int firstDocument;

  /// Whether it is time to finish the run before another chunk is added.
  boolean isFull() {
    return chunks.size() == MAX_DOCUMENTS || pairCount >= MAX_PAIRS;
  }

  /// Begins a file, whose chunks follow.
  void begin(PathKey fileKey) {
    key = fileKey;
    isFirstPart = true;
    firstDocument = chunks.size();
  }

  /// Adds the next chunk of the file.
  void add(Chunk chunk, byte[] bytes, int from) {
    int to = from + chunk.length();
    if (pairs.length - pairCount < chunk.length()) {
      pairs = Arrays.copyOf(pairs, Math.max(2 * pairs.length, pairCount + chunk.length()));
    }
    int end = scanner.scan(bytes, from, to, pairs, pairCount);
    for (int i = pairCount; i < end; i++) {
      int[] page = page(pairs[i]);
      distinct += page[pairs[i] & (PAGE - 1)]++ == 0 ? 1 : 0;
    }
    pairCount = end;
    ends[chunks.size()] = end;
    chunks.add(new Entry(chunk, null));
  }

  private int[] page(int gram) {
    int[] page = counters[gram >>> PAGE_BITS];
    if (page == null) {
      page = new int[PAGE];
      counters[gram >>> PAGE_BITS] = page;
    }
    return page;
  }

  /// Ends the file; without this call, it counts as not indexed.
  void end(FileEnd end) {
    if (chunks.size() == firstDocument) {
      add(new Chunk(0, 0, 1), new byte[0], 0);
    }
    Entry last = chunks.removeLast();
    chunks.add(new Entry(last.chunk(), end));
  }

  /// Takes the documents that were added since the file began, or the run did.
  void endPart() {
    if (chunks.size() > firstDocument) {
      files.add(new FilePart(key, isFirstPart, firstDocument, chunks.size() - 1));
      isFirstPart = false;
    }
    firstDocument = chunks.size();
  }

  /// Makes a run of what was added, unless that is nothing, and begins the next one.
  Optional<GramRun> finish(long number) {
    endPart();
    firstDocument = 0;
    if (chunks.isEmpty()) {
      return Optional.empty();
    }
    var postings = new GramRun.Postings(distinct, pairCount);
    locate(postings.grams, postings.starts);
    int pair = 0;
    for (int document = 0; document < chunks.size(); document++) {
      for (; pair < ends[document]; pair++) {
        int gram = pairs[pair];
        postings.documents[page(gram)[gram & (PAGE - 1)]++] = (char) document;
      }
    }
    for (int[] page : counters) {
      if (page != null) {
        Arrays.fill(page, 0);
      }
    }
    var run = new GramRun(number, chunks, files, postings);
    chunks = new ArrayList<>();
    files = new ArrayList<>();
    pairCount = 0;
    distinct = 0;
    if (pairs.length > 2 * MAX_PAIRS) {
      pairs = new int[MAX_PAIRS];
    }
    return Optional.of(run);
  }

  /// Lists the trigrams in order, and turns their counts into the places of their documents.
  private void locate(int[] grams, int[] starts) {
    int size = 0;
    int start = 0;
    for (int high = 0; high < PAGE; high++) {
      int[] page = counters[high];
      for (int low = 0; page != null && low < PAGE; low++) {
        int count = page[low];
        if (count > 0) {
          grams[size] = high << PAGE_BITS | low;
          starts[size++] = start;
          page[low] = start;
          start += count;
        }
      }
    }
    starts[size] = start;
  }
}
