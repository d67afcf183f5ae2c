package dev.homeport.search.tree;

import dev.homeport.search.tree.DirectoryRules.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/// The contents of the ignore files of one directory; two are equal if all bytes are. Immutable.
public final class IgnoreTexts {
  /// No ignore file, and no root of a repository.
  public static final IgnoreTexts NONE = new IgnoreTexts(Map.of(), false);

  /// The longest part of an ignore file that is read, in bytes.
  public static final int MAX_BYTES = 1 << 20;

  private static final String GIT = ".git";

  private final Map<Kind, byte[]> texts;
  private final boolean isRepository;

  private IgnoreTexts(Map<Kind, byte[]> texts, boolean isRepository) {
    this.texts = texts;
    this.isRepository = isRepository;
  }

  /// Reads files of a directory, without following links.
  public interface Reader {
    /// The first [#MAX_BYTES] of a file; nothing if there is no such regular file.
    byte[] read(String path) throws IOException;
  }

  /// Whether an entry of this name says something about what is ignored.
  public static boolean isFrom(String name) {
    return switch (name) {
      case ".rgignore", ".ignore", ".gitignore", GIT -> true;
      default -> false;
    };
  }

  /// The ignore files among the entries of a directory.
  public static IgnoreTexts read(Collection<String> names, Reader reader) throws IOException {
    var texts = new EnumMap<Kind, byte[]>(Kind.class);
    boolean isRepository = false;
    for (String name : names) {
      switch (name) {
        case ".rgignore" -> texts.put(Kind.RIPGREP, reader.read(name));
        case ".ignore" -> texts.put(Kind.IGNORE, reader.read(name));
        case ".gitignore" -> texts.put(Kind.GITIGNORE, reader.read(name));
        case GIT -> {
          isRepository = true;
          texts.put(Kind.EXCLUDE, reader.read(Kind.EXCLUDE.file()));
        }
        default -> {}
      }
    }
    texts.values().removeIf(text -> text.length == 0);
    return texts.isEmpty() && !isRepository ? NONE : new IgnoreTexts(texts, isRepository);
  }

  /// Whether the directory is the root of a git repository.
  public boolean isRepository() {
    return isRepository;
  }

  /// The rules of the directory.
  ///
  /// @param path its path from the root, empty or with a trailing `/`
  public DirectoryRules rules(DirectoryRules above, String path) {
    if (texts.isEmpty() && !isRepository) {
      return above;
    }
    var own = new EnumMap<Kind, IgnoreRules>(Kind.class);
    texts.forEach((kind, text) -> own.put(kind, IgnoreRules.ofFile(utf8(text))));
    return above.below(own, isRepository, path);
  }

  /// All of it as bytes, for [#decode].
  public byte[] encoded() {
    if (texts.isEmpty() && !isRepository) {
      return new byte[0];
    }
    var encoded = new ByteArrayOutputStream();
    encoded.write(isRepository ? 1 : 0);
    texts.forEach((kind, text) -> {
      encoded.writeBytes(kind.name().getBytes(StandardCharsets.US_ASCII));
      encoded.write('\n');
      encoded.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(text.length).array());
      encoded.writeBytes(text);
    });
    return encoded.toByteArray();
  }

  /// What [#encoded] gave.
  public static IgnoreTexts decode(byte[] encoded) {
    if (encoded.length == 0) {
      return NONE;
    }
    var buffer = ByteBuffer.wrap(encoded);
    boolean isRepository = buffer.get() != 0;
    var texts = new EnumMap<Kind, byte[]>(Kind.class);
    while (buffer.hasRemaining()) {
      var kind = new StringBuilder();
      for (byte letter = buffer.get(); letter != '\n'; letter = buffer.get()) {
        kind.append((char) letter);
      }
      byte[] text = new byte[buffer.getInt()];
      buffer.get(text);
      texts.put(Kind.valueOf(kind.toString()), text);
    }
    return new IgnoreTexts(texts, isRepository);
  }

  private static String utf8(byte[] text) {
    return new String(text, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IgnoreTexts that
        && isRepository == that.isRepository
        && texts.keySet().equals(that.texts.keySet())
        && texts.entrySet().stream()
            .allMatch(text -> Arrays.equals(text.getValue(), that.texts.get(text.getKey())));
  }

  @Override
  public int hashCode() {
    return texts.keySet().hashCode();
  }
}
