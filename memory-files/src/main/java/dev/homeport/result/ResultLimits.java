package dev.homeport.result;

/// How much the store of results keeps, and for how long.
///
/// They hold while something is stored: what has expired goes then, and what is oldest if the store
/// is full; nothing goes that was stored within the last hour.
///
/// @param resultBytes the most bytes of one result
/// @param storeBytes the most bytes of all results together
/// @param results the most results
/// @param days how many days a result is kept
public record ResultLimits(long resultBytes, long storeBytes, int results, int days) {
  /// 256 MiB for one result, 2 GiB and 2,000 results in all, 30 days.
  public static final ResultLimits DEFAULT = new ResultLimits(256L << 20, 2L << 30, 2_000, 30);

  /// Checks that something fits.
  public ResultLimits {
    if (resultBytes < 1 || results < 1 || days < 1) {
      throw new IllegalArgumentException(
          "the limits of results are %d bytes, %d results, %d days, but must be positive"
              .formatted(resultBytes, results, days));
    }
    if (storeBytes < resultBytes) {
      throw new IllegalArgumentException(
          "the store may have %d bytes, but must hold one result of %d"
              .formatted(storeBytes, resultBytes));
    }
  }
}
