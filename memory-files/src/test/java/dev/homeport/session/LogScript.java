package dev.homeport.session;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.homeport.fuzz.FuzzInput;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;

/// What befalls the bytes of a log, as a seed says it, one thing a line: `k 3` keeps the first
/// three events, `c 10` cuts ten bytes off, `o 20 text` writes over from byte 20 on, `a text` adds
/// bytes, `l text` adds a line, `z 5` adds NULs, `x 7` takes the line feed of line 7 away.
final class LogScript {
  private static final int MOST = 16;
  private byte[] log;

  private LogScript(byte[] log) {
    this.log = log;
  }

  /// The log after all that.
  static byte[] run(byte[] input, byte[] log) {
    var script = new LogScript(log.clone());
    FuzzInput.lines(input).stream().limit(MOST).forEach(script::step);
    return script.log;
  }

  private void step(byte[] line) {
    int rest = line.length < 2 ? line.length : 2;
    byte[] argument = Arrays.copyOfRange(line, rest, line.length);
    switch (line.length == 0 ? ' ' : (char) line[0]) {
      case 'k' -> log = Arrays.copyOf(log, endOfLine(number(argument)));
      case 'c' -> log = Arrays.copyOf(log, Math.max(0, log.length - number(argument)));
      case 'o' -> overwrite(number(argument), text(argument));
      case 'a' -> add(argument);
      case 'l' -> {
        add(argument);
        add(new byte[] {'\n'});
      }
      case 'z' -> add(new byte[Math.min(number(argument), 10_000)]);
      case 'x' -> {
        int end = endOfLine(number(argument)) - 1;
        if (end >= 0 && end < log.length) {
          log[end] = ' ';
        }
      }
      default -> {}
    }
  }

  /// The number that an argument begins with; 0 without one.
  private static int number(byte[] argument) {
    int number = 0;
    for (byte b : argument) {
      if (b < '0' || b > '9' || number > 1_000_000) {
        break;
      }
      number = 10 * number + b - '0';
    }
    return number;
  }

  /// What follows the number and a space.
  private static byte[] text(byte[] argument) {
    int space = new String(argument, ISO_8859_1).indexOf(' ');
    return space < 0 ? argument : Arrays.copyOfRange(argument, space + 1, argument.length);
  }

  private void overwrite(int start, byte[] bytes) {
    if (start <= log.length) {
      byte[] longer = Arrays.copyOf(log, Math.max(log.length, start + bytes.length));
      System.arraycopy(bytes, 0, longer, start, bytes.length);
      log = longer;
    }
  }

  private void add(byte[] bytes) {
    int end = log.length;
    log = Arrays.copyOf(log, end + bytes.length);
    System.arraycopy(bytes, 0, log, end, bytes.length);
  }

  private int endOfLine(int count) {
    List<byte[]> lines = FuzzInput.lines(log);
    var kept = new ByteArrayOutputStream();
    lines.stream()
        .limit(Math.min(count, lines.size() - 1))
        .forEach(line -> {
          kept.writeBytes(line);
          kept.write('\n');
        });
    return kept.size();
  }
}
