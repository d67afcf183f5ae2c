package dev.homeport.search.trigram.build;

import dev.homeport.search.trigram.PathKey;
import dev.homeport.search.trigram.build.GramRun.Entry;
import dev.homeport.search.trigram.build.GramRun.FilePart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.lucene.util.BytesRef;

/// The documents of several runs, numbered one run after the other.
final class RunDocuments {
  /// A file's documents within a run.
  private record Part(PathKey key, int first, int last) {}

  private final List<GramRun> runs;
  private final int[] bases;
  private final List<Entry> entries = new ArrayList<>();

  /// Sorted by key, then by document; a file that spans runs has several.
  private final List<Part> parts = new ArrayList<>();

  /// For each distinct key, and for the end, where its parts begin in `parts`.
  private final int[] keyStarts;

  private final int keyCount;

  /// For each document the place of its key among all keys.
  private final int[] keyOrdinals;

  RunDocuments(List<GramRun> runs) {
    this.runs = List.copyOf(runs);
    bases = new int[runs.size()];
    for (int i = 0; i < bases.length; i++) {
      bases[i] = entries.size();
      entries.addAll(runs.get(i).chunks);
      for (FilePart part : runs.get(i).files) {
        parts.add(new Part(part.key(), bases[i] + part.first(), bases[i] + part.last()));
      }
    }
    parts.sort(Comparator.comparing(Part::key));
    keyStarts = new int[parts.size() + 1];
    keyOrdinals = new int[entries.size()];
    int keys = 0;
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      if (i == 0 || !part.key().equals(parts.get(i - 1).key())) {
        keyStarts[keys++] = i;
      }
      Arrays.fill(keyOrdinals, part.first(), part.last() + 1, keys - 1);
    }
    keyStarts[keys] = parts.size();
    keyCount = keys;
  }

  List<GramRun> runs() {
    return runs;
  }

  int base(int run) {
    return bases[run];
  }

  int count() {
    return entries.size();
  }

  Entry entry(int document) {
    return entries.get(document);
  }

  int keyCount() {
    return keyCount;
  }

  BytesRef key(int ordinal) {
    return parts.get(keyStarts[ordinal]).key().term();
  }

  int keyOrdinal(int document) {
    return keyOrdinals[document];
  }

  /// How many documents the file with a key has.
  int documentCount(int ordinal) {
    int count = 0;
    for (int i = keyStarts[ordinal]; i < keyStarts[ordinal + 1]; i++) {
      count += parts.get(i).last() - parts.get(i).first() + 1;
    }
    return count;
  }

  /// The document of a file that follows another, or -1.
  int nextDocument(int ordinal, int previous) {
    for (int i = keyStarts[ordinal]; i < keyStarts[ordinal + 1]; i++) {
      if (parts.get(i).last() > previous) {
        return Math.max(parts.get(i).first(), previous + 1);
      }
    }
    return -1;
  }
}
