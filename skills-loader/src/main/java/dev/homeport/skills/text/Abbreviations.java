package dev.homeport.skills.text;

import java.util.Map;
import java.util.stream.Collectors;

/// The short forms that people who write software type for one word, and mean nothing else by.
///
/// Who asks for "docs of the db" is served by a skill about the documentation of a database.
final class Abbreviations {
  private static final Map<String, String> LONG =
      """
      admin administration
      app application
      apps application
      auth authentication
      authn authentication
      cmd command
      config configuration
      configs configuration
      db database
      dbs database
      deps dependency
      dev development
      dir directory
      dirs directory
      doc documentation
      docs documentation
      env environment
      envs environment
      js javascript
      lib library
      libs library
      param parameter
      params parameter
      perf performance
      postgres postgresql
      prod production
      repo repository
      repos repository
      spec specification
      specs specification
      ui interface
      """
          .lines()
          .map(line -> line.split(" ", -1))
          .collect(Collectors.toUnmodifiableMap(pair -> pair[0], pair -> pair[1]));

  private Abbreviations() {}

  /// The long form of a lower-case word; the word itself if it is not short for anything.
  static String expanded(String word) {
    return LONG.getOrDefault(word, word);
  }
}
