package dev.homeport.sandbox.egress.http;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;

/// The fields of a message, in their order.
public record Fields(List<Field> list) {
  /// What is between two neighbours only, and what the proxy writes itself.
  private static final Set<String> OWN =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "host",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  /// Copies the list.
  public Fields {
    list = List.copyOf(list);
  }

  /// One field.
  ///
  /// @param name a token
  /// @param value without space around it
  public record Field(String name, String value) {
    /// Whether it has this name.
    public boolean is(String other) {
      return name.equalsIgnoreCase(other);
    }
  }

  /// The values of a name.
  public List<String> all(String name) {
    return list.stream().filter(field -> field.is(name)).map(Field::value).toList();
  }

  /// The items of a name whose value is a list, in lower case.
  public List<String> items(String name) {
    var items = new ArrayList<String>();
    for (String value : all(name)) {
      for (String item : value.split(",", -1)) {
        items.add(item.strip().toLowerCase(Locale.ROOT));
      }
    }
    return items;
  }

  /// Whether there is one of a name.
  public boolean has(String name) {
    return list.stream().anyMatch(field -> field.is(name));
  }

  /// The same without those of a name.
  public Fields without(String name) {
    return new Fields(list.stream().filter(field -> !field.is(name)).toList());
  }

  /// The same with one more.
  public Fields with(String name, String value) {
    var all = new ArrayList<>(list);
    all.add(new Field(name, value));
    return new Fields(all);
  }

  /// What goes on to the next one.
  public Fields forwarded() {
    Set<String> named = new HashSet<>(items("connection"));
    named.addAll(OWN);
    return new Fields(
        list.stream()
            .filter(field -> !named.contains(field.name().toLowerCase(Locale.ROOT)))
            .toList());
  }

  /// The same with other values.
  public Fields map(UnaryOperator<String> change) {
    return new Fields(
        list.stream().map(field -> new Field(field.name(), change.apply(field.value()))).toList());
  }
}
