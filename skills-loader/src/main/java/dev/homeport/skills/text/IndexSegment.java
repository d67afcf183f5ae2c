package dev.homeport.skills.text;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Some documents as an index: for each term the documents that have it, and how much it weighs in
/// each. Immutable and thread-safe.
///
/// Everything lies in one buffer, on the heap or in a mapped file: a header, the offsets of terms
/// and postings, the terms in byte order, the postings. A posting is the distance to the document
/// before it, seven bits a byte, and the weight in two bytes.
public final class IndexSegment {
  /// A segment without documents.
  public static final IndexSegment EMPTY = write(0, Map.of());

  private static final int HEADER = 4 * Integer.BYTES;
  private static final double WEIGHT_UNIT = 65_535;

  private final ByteBuffer buffer;
  private final int documents;
  private final int terms;
  private final int termBytes;

  private IndexSegment(ByteBuffer buffer) {
    this.buffer = buffer;
    this.documents = buffer.getInt(0);
    this.terms = buffer.getInt(4);
    this.termBytes = buffer.getInt(8);
  }

  /// A segment that [#buffer] gave before.
  public static IndexSegment of(ByteBuffer buffer) {
    return new IndexSegment(buffer.slice());
  }

  /// Indexes documents, numbered in this order.
  public static IndexSegment of(List<TextIndex.Document> documents) {
    var postings = new HashMap<String, Postings>();
    for (int i = 0; i < documents.size(); i++) {
      int document = i;
      TermWeights.of(documents.get(i))
          .forEach((term, weight) ->
              postings
                  .computeIfAbsent(term, _ -> new Postings())
                  .add(document, (int) Math.max(1, Math.round(weight.saturated() * WEIGHT_UNIT))));
    }
    var sorted = new TreeMap<byte[], Postings>(Arrays::compareUnsigned);
    postings.forEach((term, list) -> sorted.put(term.getBytes(StandardCharsets.UTF_8), list));
    return write(documents.size(), sorted);
  }

  /// One segment of the documents of several.
  ///
  /// @param segments the segments
  /// @param numbers for each segment the new number of each document, or -1 to leave it out; they
  ///   ascend from the first document of the first segment to the last of the last
  /// @param documents how many documents there are then
  static IndexSegment merge(List<IndexSegment> segments, List<int[]> numbers, int documents) {
    var merged = new TreeMap<byte[], Postings>(Arrays::compareUnsigned);
    for (int s = 0; s < segments.size(); s++) {
      IndexSegment segment = segments.get(s);
      int[] renumbered = numbers.get(s);
      for (int t = 0; t < segment.terms; t++) {
        byte[] term = segment.term(t);
        segment.read(
            t,
            (document, weight) -> {
              if (renumbered[document] >= 0) {
                merged.computeIfAbsent(term, _ -> new Postings()).add(renumbered[document], weight);
              }
            });
      }
    }
    return write(documents, merged);
  }

  private static IndexSegment write(int documents, Map<byte[], Postings> sorted) {
    int terms = sorted.size();
    int termBytes = sorted.keySet().stream().mapToInt(term -> term.length).sum();
    int postingBytes = sorted.values().stream().mapToInt(list -> list.bytes.size()).sum();
    int offsets = 2 * (terms + 1) * Integer.BYTES;
    var buffer = ByteBuffer.allocate(HEADER + offsets + termBytes + postingBytes);
    buffer.putInt(documents).putInt(terms).putInt(termBytes).putInt(postingBytes);
    int offset = 0;
    for (byte[] term : sorted.keySet()) {
      buffer.putInt(offset);
      offset += term.length;
    }
    buffer.putInt(offset);
    offset = 0;
    for (Postings list : sorted.values()) {
      buffer.putInt(offset);
      offset += list.bytes.size();
    }
    buffer.putInt(offset);
    sorted.keySet().forEach(buffer::put);
    sorted.values().forEach(list -> buffer.put(list.bytes.toByteArray()));
    return new IndexSegment(buffer.flip());
  }

  /// Takes what stands in a posting.
  @FunctionalInterface
  interface Reading {
    /// Takes one.
    ///
    /// @param weight 1 to 65,535
    void posting(int document, int weight);
  }

  /// The postings of one term while it is built.
  private static final class Postings {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(8);
    private int last = -1;

    void add(int document, int weight) {
      int distance = document - last;
      last = document;
      while (distance > 0x7F) {
        bytes.write((distance & 0x7F) | 0x80);
        distance >>>= 7;
      }
      bytes.write(distance);
      bytes.write(weight >>> 8);
      bytes.write(weight);
    }
  }

  /// The whole segment, to be kept and given to [#of(ByteBuffer)] again.
  public ByteBuffer buffer() {
    return buffer.duplicate().clear();
  }

  /// How many documents there are.
  public int documents() {
    return documents;
  }

  /// Reads the postings of a term, in the order of the documents.
  void read(String term, Reading reading) {
    byte[] wanted = term.getBytes(StandardCharsets.UTF_8);
    int low = 0;
    int high = terms - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = Arrays.compareUnsigned(term(middle), wanted);
      if (order == 0) {
        read(middle, reading);
        return;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
  }

  /// How a weight is told outside of a segment: 0 to 1.
  static double weight(int weight) {
    return weight / WEIGHT_UNIT;
  }

  private byte[] term(int number) {
    int from = buffer.getInt(HEADER + number * Integer.BYTES);
    int to = buffer.getInt(HEADER + (number + 1) * Integer.BYTES);
    var term = new byte[to - from];
    buffer.get(HEADER + 2 * (terms + 1) * Integer.BYTES + from, term);
    return term;
  }

  private void read(int number, Reading reading) {
    int offsets = HEADER + (terms + 1) * Integer.BYTES;
    int base = offsets + (terms + 1) * Integer.BYTES + termBytes;
    int at = base + buffer.getInt(offsets + number * Integer.BYTES);
    int end = base + buffer.getInt(offsets + (number + 1) * Integer.BYTES);
    int document = -1;
    while (at < end) {
      int distance = 0;
      int shift = 0;
      byte next;
      do {
        next = buffer.get(at++);
        distance |= (next & 0x7F) << shift;
        shift += 7;
      } while (next < 0);
      document += distance;
      reading.posting(document, ((buffer.get(at) & 0xFF) << 8) | (buffer.get(at + 1) & 0xFF));
      at += 2;
    }
  }
}
