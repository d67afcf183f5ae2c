package dev.homeport.server.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/// JSON as plain values: `Map`, `List`, `String`, `Number`, `Boolean` and null.
///
/// Jackson's tokens without its data binding, whose classes would be most of what the answer to
/// `initialize` loads. Of a key that is given twice the last value counts. Thread-safe.
public final class Json {
  /// So deep may arrays and objects lie in one another.
  public static final int DEEPEST = 500;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEEPEST)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          // A message is UTF-8: what looks like UTF-32 is broken, and no failure of the stream.
          .disable(TokenStreamFactory.Feature.CHARSET_DETECTION)
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .build();

  private Json() {}

  /// Reads one value, which must be all that there is.
  ///
  /// @throws BadJsonException if it is none
  public static @Nullable Object read(InputStream bytes) throws BadJsonException, IOException {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), bytes)) {
      Object value = value(parser, parser.nextToken());
      if (parser.nextToken() != null) {
        throw new BadJsonException("there is more after the value");
      }
      return value;
    } catch (JacksonIOException failed) {
      throw failed.getCause();
    } catch (JacksonException broken) {
      throw new BadJsonException(String.valueOf(broken.getOriginalMessage()), broken);
    }
  }

  private static @Nullable Object value(JsonParser parser, @Nullable JsonToken token)
      throws BadJsonException {
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      case null, default -> throw new BadJsonException("a value is missing");
    };
  }

  private static Map<String, @Nullable Object> object(JsonParser parser) throws BadJsonException {
    var object = new LinkedHashMap<String, @Nullable Object>();
    for (String key = parser.nextName(); key != null; key = parser.nextName()) {
      object.put(key, value(parser, parser.nextToken()));
    }
    return object;
  }

  private static List<@Nullable Object> array(JsonParser parser) throws BadJsonException {
    var array = new ArrayList<@Nullable Object>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      array.add(value(parser, token));
    }
    return array;
  }

  /// Whether a text has no half of a surrogate pair, which no encoding can write.
  static boolean isWhole(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        boolean isPair =
            i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
        if (!isPair) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  private static String whole(String text) {
    if (isWhole(text)) {
      return text;
    }
    int[] characters =
        text.codePoints()
            .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? '\uFFFD' : c)
            .toArray();
    return new String(characters, 0, characters.length);
  }

  /// Writes a value, on one line, and leaves the stream open. Halves of surrogate pairs become
  /// U+FFFD.
  ///
  /// @throws IllegalArgumentException if there is something in it that is no JSON
  public static void write(@Nullable Object value, OutputStream out) throws IOException {
    try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
      write(value, generator);
    } catch (JacksonIOException failed) {
      throw failed.getCause();
    }
  }

  @SuppressWarnings("IfChainToSwitch") // the JVM makes a class for such a switch: at start, slow
  private static void write(@Nullable Object value, JsonGenerator to) {
    if (value instanceof String text) {
      to.writeString(whole(text));
    } else if (value instanceof Map<?, ?> object) {
      to.writeStartObject();
      for (Map.Entry<?, ?> member : object.entrySet()) {
        to.writeName(whole((String) member.getKey()));
        write(member.getValue(), to);
      }
      to.writeEndObject();
    } else if (value instanceof Iterable<?> array) {
      to.writeStartArray();
      for (Object element : array) {
        write(element, to);
      }
      to.writeEndArray();
    } else if (value instanceof Boolean truth) {
      to.writeBoolean(truth);
    } else if (value == null) {
      to.writeNull();
    } else {
      writeNumber(value, to);
    }
  }

  @SuppressWarnings("IfChainToSwitch") // as above
  private static void writeNumber(Object number, JsonGenerator to) {
    if (number instanceof Integer i) {
      to.writeNumber(i);
    } else if (number instanceof Long l) {
      to.writeNumber(l);
    } else if (number instanceof Double d) {
      to.writeNumber(d);
    } else if (number instanceof BigInteger big) {
      to.writeNumber(big);
    } else if (number instanceof BigDecimal big) {
      to.writeNumber(big);
    } else {
      throw new IllegalArgumentException(number.getClass() + " is no JSON");
    }
  }
}
