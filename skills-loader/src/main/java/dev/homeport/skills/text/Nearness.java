package dev.homeport.skills.text;

/// How unlike two names are.
public final class Nearness {
  private Nearness() {}

  /// The edit distance, less for a name that contains the other: people remember parts of names.
  public static int distance(String wanted, String name) {
    boolean contained = !wanted.isEmpty() && (name.contains(wanted) || wanted.contains(name));
    return contained ? Math.abs(name.length() - wanted.length()) / 4 : edits(wanted, name);
  }

  private static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
