package dev.homeport.skills.text;

/// Text inside XML-like tags.
public final class Markup {
  private Markup() {}

  /// The text with the characters escaped that could end an element or an attribute.
  public static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
