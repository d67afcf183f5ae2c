package dev.homeport.sandbox.egress.proxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The path of a request as every server understands it.
///
/// Servers differ in how often they decode a path and what they then take for a segment. So a path
/// with a segment that may mean the one above, however it is encoded, is none; and what must lie
/// below a prefix must do so before and after each decoding.
///
/// @param text as it was sent, without the query
/// @param readings what it is after none, one and more decodings
record RequestPath(String text, List<String> readings) {
  private static final int MOST_DECODINGS = 4;

  /// Copies the readings.
  RequestPath {
    readings = List.copyOf(readings);
  }

  /// Reads the path of a request target in origin form.
  ///
  /// @return empty if its meaning is not certain
  static Optional<RequestPath> parse(String target) {
    int query = target.indexOf('?');
    String path = query < 0 ? target : target.substring(0, query);
    if (!path.startsWith("/") || !target.chars().allMatch(c -> c > ' ' && c < 127 && c != '#')) {
      return Optional.empty();
    }
    var readings = new ArrayList<String>();
    String reading = path;
    while (isPlain(reading)) {
      readings.add(reading);
      Optional<String> decoded = decode(reading, readings.size() > 1);
      if (decoded.isEmpty() || readings.size() > MOST_DECODINGS) {
        return Optional.empty();
      }
      if (decoded.get().equals(reading)) {
        return Optional.of(new RequestPath(path, readings));
      }
      reading = decoded.get();
    }
    return Optional.empty();
  }

  /// Whether no segment leads upwards; a server may cut a segment off at a semicolon.
  private static boolean isPlain(String path) {
    if (path.chars().anyMatch(c -> c < ' ' || c == 127 || c == '\\')) {
      return false;
    }
    for (String segment : path.split("/", -1)) {
      int parameters = segment.indexOf(';');
      String name = (parameters < 0 ? segment : segment.substring(0, parameters)).strip();
      if (name.equals(".") || name.equals("..")) {
        return false;
      }
    }
    return true;
  }

  /// Decodes once; empty if something is encoded wrongly.
  ///
  /// @param decoded whether that was done before; then a percent sign may stand for itself
  private static Optional<String> decode(String path, boolean decoded) {
    var bytes = new ByteArrayOutputStream(path.length());
    byte[] given = path.getBytes(UTF_8);
    for (int i = 0; i < given.length; i++) {
      int high = i + 2 < given.length ? Character.digit(given[i + 1], 16) : -1;
      int low = i + 2 < given.length ? Character.digit(given[i + 2], 16) : -1;
      boolean escape = high >= 0 && low >= 0;
      if (given[i] != '%' || (decoded && !escape)) {
        bytes.write(given[i]);
      } else if (escape) {
        bytes.write(high << 4 | low);
        i += 2;
      } else {
        return Optional.empty();
      }
    }
    try {
      return Optional.of(
          UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /// Whether it is this path or one below, in every reading.
  boolean isBelow(String prefix) {
    String directory = prefix.endsWith("/") ? prefix : prefix + "/";
    return readings.stream()
        .allMatch(reading -> reading.equals(prefix) || reading.startsWith(directory));
  }
}
