package dev.homeport.sandbox.agent;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/// A message between a harness and an agent.
///
/// @param exec the command that it is about, or 0
/// @param sequence a position or a number, as the type says
/// @param generation which life of the agent it belongs to
@SuppressWarnings("ArrayRecordComponent") // Never compared; a copy of each frame would cost.
record Frame(FrameType type, int exec, long sequence, int generation, byte[] payload) {
  static final int HEADER = 32;
  static final int LONGEST_PAYLOAD = 256 << 10;
  static final int MAGIC = 0x484d5054;

  private static final byte[] NOTHING = {};

  static Frame of(FrameType type, int exec, long sequence, int generation) {
    return new Frame(type, exec, sequence, generation, NOTHING);
  }

  byte[] bytes() {
    var crc = new CRC32();
    crc.update(payload);
    return ByteBuffer.allocate(HEADER + payload.length)
        .putInt(MAGIC)
        .putInt(type.code())
        .putInt(exec)
        .putInt(payload.length)
        .putLong(sequence)
        .putInt(generation)
        .putInt((int) crc.getValue())
        .put(payload)
        .array();
  }

  /// Reads the next frame, which must begin right here.
  static Frame read(DataInputStream input) throws IOException {
    var head = ByteBuffer.wrap(input.readNBytes(HEADER));
    if (head.limit() < HEADER) {
      throw new java.io.EOFException("the agent is gone");
    }
    int magic = head.getInt();
    int code = head.getInt();
    int exec = head.getInt();
    int length = head.getInt();
    long sequence = head.getLong();
    int generation = head.getInt();
    if (magic != MAGIC || length < 0 || length > LONGEST_PAYLOAD) {
      throw new IOException("the agent sent what is no frame");
    }
    FrameType type =
        FrameType.of(code).orElseThrow(() -> new IOException("the agent sent frame " + code));
    byte[] payload = new byte[length];
    input.readFully(payload);
    return new Frame(type, exec, sequence, generation, payload);
  }
}
