package dev.homeport.index;

import java.util.List;
import org.apache.lucene.analysis.CharArrayMap;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.FilteringTokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/// Drops English words that say nothing and turns irregular forms into their base (`went`, `go`).
final class CommonWords extends FilteringTokenFilter {
  /// The base form, then the others.
  private static final List<String> IRREGULAR =
      List.of(
          "be am is are was were been being",
          "become became",
          "begin began begun",
          "bend bent",
          "bind bound",
          "bite bit bitten",
          "blow blew blown",
          "break broke broken",
          "bring brought",
          "build built",
          "buy bought",
          "catch caught",
          "child children",
          "choose chose chosen",
          "come came",
          "deal dealt",
          "dig dug",
          "do did done does",
          "draw drew drawn",
          "drink drank drunk",
          "drive drove driven",
          "eat ate eaten",
          "fall fell fallen",
          "feed fed",
          "feel felt",
          "fight fought",
          "find found",
          "fly flew flown",
          "foot feet",
          "forget forgot forgotten",
          "freeze froze frozen",
          "get got gotten",
          "give gave given",
          "go went gone",
          "grow grew grown",
          "hang hung",
          "have had has",
          "hear heard",
          "hide hid hidden",
          "hold held",
          "keep kept",
          "know knew known",
          "lead led",
          "leave left",
          "lend lent",
          "life lives",
          "light lit",
          "lose lost",
          "make made",
          "man men",
          "mean meant",
          "meet met",
          "mouse mice",
          "pay paid",
          "person people",
          "ride rode ridden",
          "rise rose risen",
          "run ran",
          "say said",
          "see saw seen",
          "seek sought",
          "sell sold",
          "send sent",
          "shake shook shaken",
          "shoot shot",
          "show shown",
          "sing sang sung",
          "sink sank sunk",
          "sit sat",
          "sleep slept",
          "speak spoke spoken",
          "spend spent",
          "stand stood",
          "steal stole stolen",
          "stick stuck",
          "strike struck",
          "swear swore sworn",
          "sweep swept",
          "swim swam swum",
          "take took taken",
          "teach taught",
          "tear tore torn",
          "tell told",
          "think thought",
          "throw threw thrown",
          "understand understood",
          "wake woke woken",
          "wear wore worn",
          "wife wives",
          "win won",
          "woman women",
          "write wrote written");

  private static final CharArraySet STOP_WORDS = stopWords();
  private static final CharArrayMap<String> BASES = bases();

  private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
  private final boolean bases;

  /// Drops words of a stream and, if so asked, turns irregular forms into their base.
  CommonWords(TokenStream words, boolean bases) {
    super(words);
    this.bases = bases;
  }

  private static CharArraySet stopWords() {
    var words = new CharArraySet(EnglishAnalyzer.getDefaultStopSet(), true);
    words.add("s");
    words.add("t");
    return words;
  }

  private static CharArrayMap<String> bases() {
    var bases = new CharArrayMap<String>(256, false);
    for (String forms : IRREGULAR) {
      String[] all = forms.split(" ", -1);
      for (int i = 1; i < all.length; i++) {
        bases.put(all[i], all[0]);
      }
    }
    return bases;
  }

  @Override
  protected boolean accept() {
    if (STOP_WORDS.contains(term.buffer(), 0, term.length())) {
      return false;
    }
    String base = bases ? BASES.get(term.buffer(), 0, term.length()) : null;
    if (base != null) {
      term.setEmpty().append(base);
    }
    return true;
  }
}
