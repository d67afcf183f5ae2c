package dev.homeport.benchmarks;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.function.ToDoubleFunction;

/// What one stretch of operations took.
///
/// @param medianMillis half of the operations took at most this
/// @param p99Millis 99 of 100 took at most this
/// @param perSecond operations in a second
/// @param cpuMicros processor time of the server for one operation; NaN if unknown
record Sample(double medianMillis, double p99Millis, double perSecond, double cpuMicros) {
  /// Collects the times of operations. For one thread.
  static final class Times {
    private long[] nanos = new long[1024];
    private int size;

    void add(long time) {
      if (size == nanos.length) {
        nanos = Arrays.copyOf(nanos, 2 * size);
      }
      nanos[size++] = time;
    }

    void addAll(long[] times) {
      for (long time : times) {
        add(time);
      }
    }

    long[] nanos() {
      return Arrays.copyOf(nanos, size);
    }

    /// @param elapsed from the first operation to the end of the last, in nanoseconds
    /// @param cpu what the server used meanwhile
    Sample sample(long elapsed, Duration cpu) {
      long[] sorted = nanos();
      Arrays.sort(sorted);
      return new Sample(
          sorted[size / 2] / 1e6,
          sorted[Math.min(size - 1, (int) (size * 0.99))] / 1e6,
          size / (elapsed / 1e9),
          cpu.isZero() ? Double.NaN : cpu.toNanos() / 1e3 / size);
    }
  }

  /// Each figure's median over several samples.
  static Sample median(Collection<Sample> samples) {
    return new Sample(
        median(samples, Sample::medianMillis),
        median(samples, Sample::p99Millis),
        median(samples, Sample::perSecond),
        median(samples, Sample::cpuMicros));
  }

  private static double median(Collection<Sample> samples, ToDoubleFunction<Sample> figure) {
    double[] sorted = samples.stream().mapToDouble(figure).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
