package dev.homeport.sandbox.egress.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Optional;

/// The first thing that a TLS client says, as far as it names the server (RFC 8446, RFC 6066).
sealed interface ClientHello {
  /// The most bytes that are looked at.
  int MOST_BYTES = 64 << 10;

  /// It is not complete yet.
  record Incomplete() implements ClientHello {}

  /// It is something else than TLS.
  record Other() implements ClientHello {}

  /// It is there.
  ///
  /// @param name the server that it names, if it names one
  record Complete(Optional<String> name) implements ClientHello {}

  /// Reads the first bytes of a connection.
  static ClientHello read(byte[] bytes, int length) {
    if (length > 0 && bytes[0] != Wire.HANDSHAKE) {
      return new Other();
    }
    try {
      ByteBuffer message = Wire.message(ByteBuffer.wrap(bytes, 0, length));
      if (message.get() != Wire.CLIENT_HELLO) {
        return new Other();
      }
      return new Complete(Wire.serverName(Wire.block(message, 3)));
    } catch (BufferUnderflowException e) {
      return new Incomplete();
    }
  }

  /// How it is written.
  final class Wire {
    private static final byte HANDSHAKE = 22;
    private static final byte CLIENT_HELLO = 1;
    private static final int VERSION_AND_RANDOM = 34;
    private static final int SERVER_NAME = 0;
    private static final int HOST_NAME = 0;

    private Wire() {}

    /// What the records have in them, put together.
    private static ByteBuffer message(ByteBuffer records) {
      var whole = new ByteArrayOutputStream();
      while (records.remaining() >= 5 && records.get(records.position()) == HANDSHAKE) {
        records.position(records.position() + 3);
        int length = Math.min(Short.toUnsignedInt(records.getShort()), records.remaining());
        byte[] part = new byte[length];
        records.get(part);
        whole.writeBytes(part);
      }
      return ByteBuffer.wrap(whole.toByteArray());
    }

    /// What follows its own length.
    private static ByteBuffer block(ByteBuffer buffer, int sizeBytes) {
      int size = 0;
      for (int i = 0; i < sizeBytes; i++) {
        size = size << 8 | Byte.toUnsignedInt(buffer.get());
      }
      if (size > buffer.remaining()) {
        throw new BufferUnderflowException();
      }
      ByteBuffer block = buffer.slice(buffer.position(), size);
      buffer.position(buffer.position() + size);
      return block;
    }

    /// A body that contradicts itself names nobody.
    private static Optional<String> serverName(ByteBuffer body) {
      try {
        body.position(VERSION_AND_RANDOM);
        block(body, 1);
        block(body, 2);
        block(body, 1);
        ByteBuffer extensions = block(body, 2);
        var names = new ArrayList<String>();
        while (extensions.hasRemaining()) {
          int kind = Short.toUnsignedInt(extensions.getShort());
          ByteBuffer content = block(extensions, 2);
          if (kind == SERVER_NAME) {
            names.add(hostName(block(content, 2)).orElse(""));
          }
        }
        return names.size() == 1 ? Optional.of(names.getFirst()) : Optional.empty();
      } catch (BufferUnderflowException | IllegalArgumentException e) {
        return Optional.empty();
      }
    }

    private static Optional<String> hostName(ByteBuffer names) {
      int kind = names.get();
      ByteBuffer name = block(names, 2);
      return kind == HOST_NAME && !names.hasRemaining()
          ? Optional.of(US_ASCII.decode(name).toString())
          : Optional.empty();
    }
  }
}
