package dev.homeport.server.tool;

import dev.homeport.index.FileIndex;
import dev.homeport.index.FileKind;
import dev.homeport.index.IndexProgress;
import dev.homeport.index.SearchRequest;
import dev.homeport.search.FileOrder;
import dev.homeport.search.FileScope;
import dev.homeport.search.Glob;
import dev.homeport.search.GlobOutcome;
import dev.homeport.search.GlobRequest;
import dev.homeport.search.Grep;
import dev.homeport.search.GrepOption;
import dev.homeport.search.GrepOutcome;
import dev.homeport.search.GrepRequest;
import dev.homeport.search.IndexStatus;
import dev.homeport.search.IndexedFiles;
import dev.homeport.search.LiveFiles;
import dev.homeport.search.OutputMode;
import dev.homeport.search.Page;
import dev.homeport.server.tool.schema.Arg;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.mcp.annotation.McpTool.McpAnnotations;

/// The tools that find things: exactly, by name, and by words. Thread-safe.
public final class SearchTools {
  private static final int DEFAULT_LINES = 250;
  private static final int DEFAULT_FILES = 1_000;
  private static final int DEFAULT_HITS = 10;
  private static final int DEFAULT_TOKENS = 4_000;

  private final Lazy<Workspace> workspace;
  private final Lazy<LiveFiles> files;
  private final Lazy<IndexedFiles> indexedFiles;
  private final Lazy<FileIndex> index;

  /// Serves a workspace with its files and its indexes, all opened on first use.
  public SearchTools(
      Lazy<Workspace> workspace,
      Lazy<LiveFiles> files,
      Lazy<IndexedFiles> indexedFiles,
      Lazy<FileIndex> index) {
    this.workspace = workspace;
    this.files = files;
    this.indexedFiles = indexedFiles;
    this.index = index;
  }

  private WorkspacePath path(@Nullable String text) throws IOException, InterruptedException {
    return text == null ? WorkspacePath.ROOT : workspace.get().path(text);
  }

  private static List<String> listOfOne(@Nullable String value) {
    return value == null ? List.of() : List.of(value);
  }

  private static boolean isTrue(@Nullable Boolean value) {
    return Boolean.TRUE.equals(value);
  }

  private static Page page(@Nullable Integer offset, @Nullable Integer limit, int usual) {
    return new Page(
        Objects.requireNonNullElse(offset, 0), Objects.requireNonNullElse(limit, usual));
  }

  record GrepArgs(
      @Arg(
              value = "Regular expression as in ripgrep",
              aliases = {"query", "regex"},
              example = "\"def \\\\w+_total\"")
          String pattern,
      @Arg("Directory or file; default all") @Nullable String path,
      @Arg(
              value = "Such as *.py or !tests/**",
              aliases = {"include"})
          @Nullable String glob,
      @Arg("File type, such as java") @Nullable String type,
      @Nullable OutputMode outputMode,
      @Arg(
              value = "Context lines",
              aliases = {"-C"})
          @Nullable Integer context,
      @Arg(aliases = {"-B"}) @Nullable Integer before,
      @Arg(aliases = {"-A"}) @Nullable Integer after,
      @Arg(aliases = {"-i", "case_insensitive"}) @Nullable Boolean ignoreCase,
      @Arg(
              value = "The pattern is plain text",
              aliases = {"fixed_strings", "-F"})
          @Nullable Boolean literal,
      @Arg("Matches may cross lines; . matches newlines") @Nullable Boolean multiline,
      @Arg("Hidden and ignored files too") @Nullable Boolean everything,
      @Nullable FileOrder sort,
      @Arg(
              value = "Default 250",
              aliases = {"limit", "max_results"})
          @Nullable Integer headLimit,
      @Nullable Integer offset,
      @Arg("Ask for every file's time of change: for network drives and memory maps")
          @Nullable Boolean fresh) {

    GrepRequest request(WorkspacePath where) {
      int around = Objects.requireNonNullElse(context, 0);
      var request =
          GrepRequest.of(pattern)
              .scope(
                  new FileScope(
                      where,
                      listOfOne(glob),
                      listOfOne(type),
                      isTrue(everything),
                      isTrue(everything)))
              .mode(Objects.requireNonNullElse(outputMode, OutputMode.CONTENT))
              .context(
                  Objects.requireNonNullElse(before, around),
                  Objects.requireNonNullElse(after, around))
              .order(Objects.requireNonNullElse(sort, FileOrder.PATH))
              .page(page(offset, headLimit, DEFAULT_LINES));
      if (isTrue(ignoreCase)) {
        request.with(GrepOption.IGNORE_CASE);
      }
      if (isTrue(literal)) {
        request.with(GrepOption.LITERAL);
      }
      if (isTrue(multiline)) {
        request.with(GrepOption.MULTILINE).with(GrepOption.DOT_ALL);
      }
      return request.build();
    }
  }

  @McpTool(
      name = "grep",
      title = "Search text exactly",
      description =
          "Finds the lines that match a regular expression, exactly as ripgrep does; ignored and"
              + " hidden files only with everything. The last line states the total.",
      annotations =
          @McpAnnotations(
              readOnlyHint = true,
              destructiveHint = false,
              idempotentHint = true,
              openWorldHint = false))
  ToolResult grep(GrepArgs args, ToolContext context) throws IOException, InterruptedException {
    GrepRequest request = args.request(path(args.path()));
    IndexedFiles all = indexedFiles.get();
    IndexStatus status = all.status();
    if (status.state() == IndexStatus.State.UPDATING && status.otherFiles() > 0) {
      int files = status.indexedFiles() + status.otherFiles();
      context.progress(status.indexedFiles(), files, "files are indexed in the background");
    }
    IndexedFiles asked = isTrue(args.fresh()) ? all.fresh() : all.view();
    GrepOutcome outcome = Grep.over(workspace.get(), asked).search(request);
    return SearchTexts.grep(outcome, request.mode(), asked.sweepReason());
  }

  record GlobArgs(
      @Arg(value = "*, ?, [a-z], {a,b}, ** for any depth", example = "\"src/**/*.py\"")
          String pattern,
      @Arg("Directory; default all") @Nullable String path,
      @Arg("Hidden and ignored files too") @Nullable Boolean everything,
      @Nullable FileOrder sort,
      @Arg(
              value = "Default 1000",
              aliases = {"head_limit"})
          @Nullable Integer limit,
      @Nullable Integer offset,
      @Arg("As in grep") @Nullable Boolean fresh) {}

  @McpTool(
      name = "glob",
      title = "Find files by name",
      description =
          "Lists the files whose names match. Without / the pattern is matched with names at any"
              + " depth, with / with paths. Ignored and hidden files only with everything.",
      annotations =
          @McpAnnotations(
              readOnlyHint = true,
              destructiveHint = false,
              idempotentHint = true,
              openWorldHint = false))
  ToolResult glob(GlobArgs args) throws IOException, InterruptedException {
    var scope =
        new FileScope(
            path(args.path()),
            List.of(),
            List.of(),
            isTrue(args.everything()),
            isTrue(args.everything()));
    var request =
        new GlobRequest(
            args.pattern(),
            scope,
            Objects.requireNonNullElse(args.sort(), FileOrder.MODIFIED),
            page(args.offset(), args.limit(), DEFAULT_FILES));
    LiveFiles asked = isTrue(args.fresh()) ? files.get().fresh() : files.get().view();
    GlobOutcome outcome = Glob.over(workspace.get(), asked).list(request);
    return SearchTexts.glob(outcome, asked.sweepReason());
  }

  record SearchArgs(
      @Arg(
              value = "A question or the words of a problem",
              aliases = {"question", "q"})
          String query,
      @Nullable FileKind kind,
      @Arg("Newer files count more") @Nullable Boolean recent,
      @Arg(
              value = "Places, default 10",
              aliases = {"max_results", "top_k"})
          @Nullable Integer limit,
      @Arg("Budget; default 4000") @Nullable Integer tokens) {
    SearchArgs {
      if (tokens != null && (tokens < 100 || tokens > 50_000)) {
        throw new IllegalArgumentException("tokens is " + tokens + ", but must be 100 to 50000");
      }
    }
  }

  @McpTool(
      name = "search",
      title = "Search by words",
      description =
          "Ranks the places that answer a question in words and cites their lines: files of code,"
              + " and passages of docs, memory, plans, results, session logs and skills. Use grep"
              + " for exact text.",
      annotations =
          @McpAnnotations(
              readOnlyHint = true,
              destructiveHint = false,
              idempotentHint = true,
              openWorldHint = false))
  ToolResult search(SearchArgs args, ToolContext context) throws IOException, InterruptedException {
    FileKind kind = args.kind();
    var request =
        new SearchRequest(
            args.query(),
            kind == null ? Set.of() : Set.of(kind),
            Objects.requireNonNullElse(args.limit(), DEFAULT_HITS),
            isTrue(args.recent()));
    int tokens = Objects.requireNonNullElse(args.tokens(), DEFAULT_TOKENS);
    IndexProgress progress =
        (files, of) -> context.progress(files, of, "changed files are read for the index");
    return SearchTexts.search(index.get().search(request, progress), 4 * tokens);
  }
}
