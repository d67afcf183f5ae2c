package dev.homeport.server.transport;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Finds the `id` of a JSON-RPC message that is too large to be kept, while its bytes pass by.
///
/// Keeps a few hundred bytes whatever the size of the message. Not a validator: for something that
/// is no JSON it finds something or nothing.
final class IdScanner {
  private static final int TOKEN_LIMIT = 256;

  private final ByteArrayOutputStream token = new ByteArrayOutputStream();
  private String key = "";
  private Optional<String> id = Optional.empty();
  private int depth;
  private boolean inString;
  private boolean escaped;

  /// Looks at the next bytes.
  void feed(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (inString) {
        insideString(bytes[i]);
      } else {
        outsideString(bytes[i]);
      }
    }
  }

  /// The JSON text of the member `id` of the outermost object, as far as the bytes went.
  Optional<String> id() {
    return id;
  }

  private void insideString(byte b) {
    keep(b);
    if (escaped) {
      escaped = false;
    } else if (b == '\\') {
      escaped = true;
    } else if (b == '"') {
      inString = false;
    }
  }

  private void outsideString(byte b) {
    switch (b) {
      case '"' -> {
        inString = true;
        keep(b);
      }
      case '{', '[' -> depth++;
      case '}', ']' -> {
        endMember();
        depth--;
      }
      case ',' -> endMember();
      case ':' -> {
        if (depth == 1) {
          key = taken();
        }
      }
      case ' ', '\t', '\r', '\n' -> {}
      default -> keep(b);
    }
  }

  private void endMember() {
    if (depth == 1) {
      String value = taken();
      if (key.equals("\"id\"")) {
        id = Optional.of(value);
      }
      key = "";
    }
  }

  private void keep(byte b) {
    if (depth == 1 && token.size() < TOKEN_LIMIT) {
      token.write(b);
    }
  }

  private String taken() {
    String text = token.toString(StandardCharsets.UTF_8);
    token.reset();
    return text;
  }
}
