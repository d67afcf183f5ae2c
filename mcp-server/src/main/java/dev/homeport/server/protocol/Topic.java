package dev.homeport.server.protocol;

/// A list that can change while a server runs.
public enum Topic {
  /// The tools.
  TOOLS("toolsListChanged", "notifications/tools/list_changed"),

  /// The prompts.
  PROMPTS("promptsListChanged", "notifications/prompts/list_changed"),

  /// The resources.
  RESOURCES("resourcesListChanged", "notifications/resources/list_changed");

  private final String filter;
  private final String method;

  Topic(String filter, String method) {
    this.filter = filter;
    this.method = method;
  }

  /// Its name in the filter of `subscriptions/listen`.
  public String filter() {
    return filter;
  }

  /// The notification that tells of a change.
  public String method() {
    return method;
  }
}
