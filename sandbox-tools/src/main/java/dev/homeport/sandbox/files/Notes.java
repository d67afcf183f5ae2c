package dev.homeport.sandbox.files;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Properties;

/// Small files in which a server notes what another must know to take its sandboxes over. They are
/// replaced whole, so a killed server leaves none half written; the machine's end ends the
/// sandboxes as well, so nothing is synchronised.
public final class Notes {
  /// Writes the binary form of something.
  public interface Writer {
    /// Writes everything.
    void write(DataOutputStream output) throws IOException;
  }

  /// How the name of a file ends that is being written.
  public static final String DRAFT = ".draft";

  private Notes() {}

  /// Replaces a file.
  public static void write(Path file, Writer writer) throws IOException {
    var bytes = new ByteArrayOutputStream();
    writer.write(new DataOutputStream(bytes));
    Path draft = file.resolveSibling(file.getFileName() + DRAFT);
    Files.write(draft, bytes.toByteArray());
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /// Replaces a file by values under names.
  public static void write(Path file, Map<String, String> values) throws IOException {
    var properties = new Properties();
    properties.putAll(values);
    var text = new StringWriter();
    properties.store(text, null);
    write(file, output -> output.writeUTF(text.toString()));
  }

  /// Reads what was written as values under names.
  public static Properties read(Path file) throws IOException {
    var properties = new Properties();
    try (var input = new java.io.DataInputStream(Files.newInputStream(file))) {
      properties.load(new StringReader(input.readUTF()));
    }
    return properties;
  }
}
