package dev.homeport.search.trigram.build;

import dev.homeport.search.trigram.Chunk;
import dev.homeport.search.trigram.Coverage;
import dev.homeport.search.trigram.Fingerprint;
import dev.homeport.search.trigram.PathKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The inverted index of some thousand chunks, in memory. Immutable once made.
///
/// Document numbers count from 0 within a run.
final class GramRun {
  /// The place of the run among others: chunks of earlier runs come first.
  final long number;

  /// One for each document.
  final List<Entry> chunks;

  /// The files whose chunks these are, in order.
  final List<FilePart> files;

  /// The trigrams, sorted.
  final int[] grams;

  /// For each trigram, and for the end, where its documents begin in `documents`.
  final int[] starts;

  /// The documents of each trigram in turn, sorted.
  final char[] documents;

  /// A document: one chunk.
  ///
  /// @param end what is known of the file, with its last chunk
  record Entry(Chunk chunk, @Nullable FileEnd end) {}

  /// What the last chunk of a file says of all of it.
  record FileEnd(Fingerprint fingerprint, Coverage coverage) {}

  /// The documents of one file within a run.
  ///
  /// @param isFirst whether the file begins here
  record FilePart(PathKey key, boolean isFirst, int first, int last) {}

  GramRun(long number, List<Entry> chunks, List<FilePart> files, Postings postings) {
    this.number = number;
    this.chunks = chunks;
    this.files = files;
    this.grams = postings.grams;
    this.starts = postings.starts;
    this.documents = postings.documents;
  }

  /// The documents of sorted trigrams, to be filled.
  static final class Postings {
    final int[] grams;
    final int[] starts;
    final char[] documents;

    Postings(int gramCount, int pairCount) {
      grams = new int[gramCount];
      starts = new int[gramCount + 1];
      documents = new char[pairCount];
    }
  }

  /// About how much memory it takes, in bytes.
  long bytes() {
    return 8L * grams.length + 2L * documents.length + 96L * chunks.size();
  }
}
