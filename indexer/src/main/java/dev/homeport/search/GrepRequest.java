package dev.homeport.search;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/// What to look for, where, and how to report it.
///
/// @param pattern a regular expression in ripgrep's syntax, without look-around and backreferences
/// @param options how to read the pattern
/// @param scope the files to search
/// @param mode what to report
/// @param before how many lines to show before each match
/// @param after how many lines to show after each match
/// @param order the order of files
/// @param page the part of the result to give: matching lines for `CONTENT`, else files
/// @param lineLimit the most characters that are shown of a line
/// @param timeout the time after which what was found so far is given
public record GrepRequest(
    String pattern,
    Set<GrepOption> options,
    FileScope scope,
    OutputMode mode,
    int before,
    int after,
    FileOrder order,
    Page page,
    int lineLimit,
    Duration timeout) {
  /// How many characters are shown of a line unless the request says otherwise.
  public static final int DEFAULT_LINE_LIMIT = 500;

  /// How long a search may take unless the request says otherwise.
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(20);

  /// The most lines of context.
  public static final int MAX_CONTEXT = 1_000;

  /// Checks the numbers and copies the options.
  public GrepRequest {
    options = Set.copyOf(options);
    if (Math.min(before, after) < 0 || Math.max(before, after) > MAX_CONTEXT) {
      throw new IllegalArgumentException(
          "context is " + before + " and " + after + ", but must be from 0 to " + MAX_CONTEXT);
    }
    if (lineLimit <= 0) {
      throw new IllegalArgumentException("lineLimit is " + lineLimit + ", but must be positive");
    }
    if (!timeout.isPositive()) {
      throw new IllegalArgumentException("timeout is " + timeout + ", but must be positive");
    }
  }

  /// A request for the matching lines of the whole workspace, to be refined.
  public static Builder of(String pattern) {
    return new Builder(pattern);
  }

  /// A request for the same, to be refined.
  public Builder but() {
    var builder = new Builder(pattern);
    builder.options.addAll(options);
    builder.lineLimit = lineLimit;
    return builder
        .scope(scope)
        .mode(mode)
        .context(before, after)
        .order(order)
        .page(page)
        .timeout(timeout);
  }

  /// Puts a request together.
  public static final class Builder {
    private final String pattern;
    private final Set<GrepOption> options = EnumSet.noneOf(GrepOption.class);
    private FileScope scope = FileScope.WORKSPACE;
    private OutputMode mode = OutputMode.CONTENT;
    private int before;
    private int after;
    private FileOrder order = FileOrder.PATH;
    private Page page = Page.ALL;
    private int lineLimit = DEFAULT_LINE_LIMIT;
    private Duration timeout = DEFAULT_TIMEOUT;

    private Builder(String pattern) {
      this.pattern = pattern;
    }

    /// Adds an option.
    public Builder with(GrepOption option) {
      options.add(option);
      return this;
    }

    /// Sets the files to search.
    public Builder scope(FileScope value) {
      scope = value;
      return this;
    }

    /// Sets what to report.
    public Builder mode(OutputMode value) {
      mode = value;
      return this;
    }

    /// Sets how many lines to show around each match.
    public Builder context(int linesBefore, int linesAfter) {
      before = linesBefore;
      after = linesAfter;
      return this;
    }

    /// Sets the order of files.
    public Builder order(FileOrder value) {
      order = value;
      return this;
    }

    /// Sets the part of the result to give.
    public Builder page(Page value) {
      page = value;
      return this;
    }

    /// Sets the most characters that are shown of a line.
    public Builder lineLimit(int value) {
      lineLimit = value;
      return this;
    }

    /// Sets the time after which what was found so far is given.
    public Builder timeout(Duration value) {
      timeout = value;
      return this;
    }

    /// The request.
    public GrepRequest build() {
      return new GrepRequest(
          pattern, options, scope, mode, before, after, order, page, lineLimit, timeout);
    }
  }
}
