package dev.homeport.sandbox.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/// All that holds for root, again as a user without any privilege.
@Tag("bubblewrap")
class UnprivilegedBubblewrapTest {
  @TempDir Path directory;

  /// Runs the tests of bubblewrap in this process.
  static final class Main {
    private Main() {}

    public static void main(String[] arguments) {
      var listener = new SummaryGeneratingListener();
      var request =
          LauncherDiscoveryRequestBuilder.request()
              .selectors(
                  DiscoverySelectors.selectClass(BubblewrapSandboxTest.class),
                  DiscoverySelectors.selectClass(BubblewrapEgressTest.class))
              .filters(new NotForRootAlone())
              .build();
      LauncherFactory.create().execute(request, listener);
      var summary = listener.getSummary();
      var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
      summary.printFailuresTo(out, 5);
      out.printf(
          "uid %s passed %d failed %d%n",
          System.getProperty("user.name"),
          summary.getTestsSucceededCount(),
          summary.getTotalFailureCount());
    }
  }

  /// Leaves out the search of processes for a secret: only root may read what these hold.
  private static final class NotForRootAlone implements PostDiscoveryFilter {
    @Override
    public FilterResult apply(TestDescriptor test) {
      return FilterResult.includedIf(
          !test.getDisplayName().startsWith("noProcessEverHoldsTheSecret"));
    }
  }

  @Test
  void everythingHoldsForAnOrdinaryUser() throws Exception {
    String classPath = OtherProcess.readableClassPath(directory);
    boolean root = Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    List<String> wrapper =
        root
            ? List.of("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups")
            : List.of();

    Process process = OtherProcess.java(wrapper, classPath, Main.class).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(printed).isZero();
    assertThat(printed).contains(" failed 0").doesNotContain(" passed 0 ");
  }
}
