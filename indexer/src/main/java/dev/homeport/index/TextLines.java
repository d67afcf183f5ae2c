package dev.homeport.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArrayMap;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;

/// Reads which words of a question each line of a text has. Confined to one thread.
final class TextLines {
  /// A line of a text.
  static final class Line {
    private final String text;
    private final int length;
    private final int[] words;

    private Line(String text, int length, int[] words) {
      this.text = text;
      this.length = length;
      this.words = words;
    }

    /// The line without its end.
    String text() {
      return text;
    }

    /// How many words it has.
    int length() {
      return length;
    }

    /// The words of the question among them, by number, each as often as it occurs; not a copy.
    int[] words() {
      return words;
    }
  }

  private final Analyzer analyzer;
  private final CharArrayMap<Integer> numbers;
  private int[] found = new int[64];

  /// A reader that looks for words; a word's number is its place among them.
  TextLines(Analyzer analyzer, Map<String, Float> words) {
    this.analyzer = analyzer;
    this.numbers = new CharArrayMap<>(words.size(), false);
    for (String word : words.keySet()) {
      numbers.put(word, numbers.size());
    }
  }

  List<Line> read(String text) throws IOException {
    var lines = new ArrayList<Line>();
    try (var tokens = analyzer.tokenStream(IndexFields.BODY, text)) {
      var term = tokens.addAttribute(CharTermAttribute.class);
      var offset = tokens.addAttribute(OffsetAttribute.class);
      tokens.reset();
      int start = 0;
      int end = lineEnd(text, 0);
      int length = 0;
      int count = 0;
      while (tokens.incrementToken()) {
        while (offset.startOffset() >= end && end < text.length()) {
          lines.add(line(text, start, end, length, count));
          length = 0;
          count = 0;
          start = end + 1;
          end = lineEnd(text, start);
        }
        length++;
        Integer number = numbers.get(term.buffer(), 0, term.length());
        if (number != null) {
          if (count == found.length) {
            found = Arrays.copyOf(found, 2 * count);
          }
          found[count++] = number;
        }
      }
      tokens.end();
      lines.add(line(text, start, end, length, count));
      for (start = end + 1; start < text.length(); start = end + 1) {
        end = lineEnd(text, start);
        lines.add(line(text, start, end, 0, 0));
      }
    }
    return lines;
  }

  private static int lineEnd(String text, int start) {
    int newline = text.indexOf('\n', start);
    return newline < 0 ? text.length() : newline;
  }

  private Line line(String text, int start, int end, int length, int count) {
    return new Line(text.substring(start, end), length, Arrays.copyOf(found, count));
  }
}
