package dev.homeport.server;

import dev.homeport.server.cli.Cli;
import dev.homeport.server.cli.Surroundings;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// The entry of the program.
///
/// The very first thing it does is to take standard output away: from then on the protocol and the
/// commands alone write to it, and whatever else prints, prints to standard error.
public final class Main {
  private Main() {}

  /// Runs a command and exits with its code.
  public static void main(String[] args) {
    OutputStream output = new FileOutputStream(FileDescriptor.out);
    System.setOut(System.err);
    System.exit(Cli.run(Surroundings.ofProcess(System.in, output, System.err), args));
  }

  /// The version in the jar's manifest, or `dev` when run from classes.
  public static String version() {
    @Nullable String version = Main.class.getPackage().getImplementationVersion();
    return version == null ? "dev" : version;
  }
}
