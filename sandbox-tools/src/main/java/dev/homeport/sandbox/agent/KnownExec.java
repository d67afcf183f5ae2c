package dev.homeport.sandbox.agent;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// A command that an agent knew when a harness connected.
///
/// @param id its number
/// @param ended whether it has ended
/// @param acked how much of its output was acknowledged and is gone
/// @param total how much it printed
/// @param inputTaken how much standard input it was given
public record KnownExec(int id, boolean ended, long acked, long total, long inputTaken) {
  private static final int ROW = 32;

  static List<KnownExec> readAll(ByteBuffer rows) {
    var known = new ArrayList<KnownExec>();
    while (rows.remaining() >= ROW) {
      known.add(
          new KnownExec(
              rows.getInt(), rows.getInt() != 0, rows.getLong(), rows.getLong(), rows.getLong()));
    }
    return known;
  }
}
