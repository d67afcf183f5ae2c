package dev.homeport.server.cli;

import dev.homeport.skills.report.Severity;
import dev.homeport.skills.scan.ScanReport;
import java.util.Locale;

/// What is said about a scan.
final class ScanTexts {
  private ScanTexts() {}

  /// How much was looked at and found, in one line.
  ///
  /// @param accepted how many findings were left out
  static String summary(ScanReport report, int accepted) {
    return String.format(
        Locale.ROOT,
        "%d skills and %d files scanned: %d high, %d medium, %d low%s.",
        report.skills(),
        report.files(),
        report.count(Severity.ERROR),
        report.count(Severity.WARNING),
        report.count(Severity.NOTE),
        accepted == 0 ? "" : "; " + accepted + " accepted by the baseline");
  }
}
