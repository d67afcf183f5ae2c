package dev.homeport.server.tool;

import dev.homeport.file.FileOutcome;
import dev.homeport.file.Precondition;
import dev.homeport.file.ReadCopies;
import dev.homeport.file.ReadOutcome;
import dev.homeport.file.Replacement;
import dev.homeport.file.Slice;
import dev.homeport.file.WorkspaceFiles;
import dev.homeport.server.tool.schema.Arg;
import dev.homeport.workspace.HardLinks;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspacePath;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.mcp.annotation.McpTool.McpAnnotations;

/// The tools on any file of the workspace. Thread-safe.
public final class FileTools {
  private final Lazy<Workspace> workspace;
  private final Lazy<ReadCopies> copies;

  /// Serves a workspace that is opened on first use.
  ///
  /// @param copies keeps what agents read, so that what they write can be merged
  public FileTools(Lazy<Workspace> workspace, Lazy<ReadCopies> copies) {
    this.workspace = workspace;
    this.copies = copies;
  }

  private WorkspaceFiles files() throws IOException, InterruptedException {
    return WorkspaceFiles.of(workspace.get(), copies.get());
  }

  private WorkspacePath path(String text) throws IOException, InterruptedException {
    return workspace.get().path(text);
  }

  record ReadArgs(
      @Arg(
              value = "From the workspace root",
              aliases = {"file_path", "file"},
              example = "\"src/Main.java\"")
          String path,
      @Arg(
              value = "First line, from 1",
              aliases = {"offset", "start_line"})
          @Nullable Integer line,
      @Arg(
              value = "As many as fit",
              aliases = {"limit", "head"})
          @Nullable Integer maxLines,
      @Arg("Only the last lines") @Nullable Integer tail,
      @Arg("First byte, from 0") @Nullable Long byteOffset,
      @Nullable Long byteLimit) {
    Slice slice() {
      if (tail != null) {
        return new Slice.Tail(tail);
      }
      if (byteOffset != null || byteLimit != null) {
        return new Slice.ByteRange(
            Objects.requireNonNullElse(byteOffset, 0L),
            Objects.requireNonNullElse(byteLimit, (long) Integer.MAX_VALUE));
      }
      int first = Objects.requireNonNullElse(line, 1);
      if (maxLines == null) {
        return new Slice.LineRange(first, -1);
      }
      new Slice.Head(maxLines); // refuses a number that is none
      return new Slice.LineRange(first, (long) first + maxLines - 1);
    }
  }

  @McpTool(
      name = "read_file",
      title = "Read a file",
      description =
          "Reads a text file or picture of the workspace, or a part of it. Ends with the sha256"
              + " that write_file and edit_file take as expected_sha256.",
      annotations =
          @McpAnnotations(
              readOnlyHint = true,
              destructiveHint = false,
              idempotentHint = true,
              openWorldHint = false))
  ToolResult read(ReadArgs args) throws IOException, InterruptedException {
    WorkspacePath where = path(args.path());
    ToolResult result = show(files().read(where, args.slice()));
    return FileTexts.withLinks(result, 0, HardLinks.of(workspace.get(), where));
  }

  private static ToolResult show(ReadOutcome outcome) {
    return switch (outcome) {
      case ReadOutcome.Text text -> FileTexts.read(text);
      case ReadOutcome.Picture(var file, var mediaType, var base64) ->
          FileTexts.withFacts(ToolResult.text("sha256 " + file.sha256()), file)
              .withImages(new ToolResult.Image(base64, mediaType));
      case ReadOutcome.Binary(var path, var bytes) ->
          ToolResult.error(
              "%s is no text (%,d bytes, with zero bytes in it); look at it with execute."
                  .formatted(path, bytes));
    };
  }

  /// What to do if the file has not the expected content.
  enum OnConflict {
    FAIL,
    MERGE
  }

  record WriteArgs(
      @Arg(aliases = {"file_path", "file"}) String path,
      @Arg(aliases = {"file_text", "text", "contents"}) String content,
      @Arg("Only if the file still has this content") @Nullable String expectedSha256,
      @Arg("merge: join with what others changed since") @Nullable OnConflict onConflict,
      @Arg("Only if there is no file yet") @Nullable Boolean ifAbsent) {}

  @McpTool(
      name = "write_file",
      title = "Write a file",
      description =
          "Writes a whole file of the workspace, making directories as needed. For a change of a"
              + " part use edit_file.",
      annotations =
          @McpAnnotations(
              readOnlyHint = false,
              destructiveHint = true,
              idempotentHint = true,
              openWorldHint = false))
  ToolResult write(WriteArgs args) throws IOException, InterruptedException {
    Precondition precondition =
        Boolean.TRUE.equals(args.ifAbsent())
            ? new Precondition.Absent()
            : precondition(args.expectedSha256(), args.onConflict());
    WorkspacePath path = path(args.path());
    int links = HardLinks.of(workspace.get(), path);
    return SecretWarnings.of("content", args.content())
        .in(changed(path, links, files().write(path, args.content(), precondition)));
  }

  private static Precondition precondition(
      @Nullable String expectedSha256, @Nullable OnConflict onConflict) {
    boolean isMerge = onConflict == OnConflict.MERGE;
    if (expectedSha256 == null) {
      if (isMerge) {
        throw new IllegalArgumentException(
            "on_conflict: merge needs expected_sha256, the sha256 that read_file told for the"
                + " content you started from");
      }
      return Precondition.NONE;
    }
    String sha256 = expectedSha256.strip();
    return isMerge ? new Precondition.Mergeable(sha256) : new Precondition.Content(sha256);
  }

  record EditItem(
      @Arg(
              value = "Exact text",
              aliases = {"old_string", "old_str", "old", "find"})
          String oldText,
      @Arg(aliases = {"new_string", "new_str", "new", "replace"}) String newText,
      @Arg(
              value = "Each occurrence; else it must stand there once",
              aliases = {"replace_all"})
          @Nullable Boolean all,
      @Arg(
              value = "How many occurrences there must be",
              aliases = {"expected_count", "expected_replacements"})
          @Nullable Integer count) {
    Replacement toReplacement() {
      return new Replacement(oldText, newText, Boolean.TRUE.equals(all), count);
    }
  }

  record EditArgs(
      @Arg(aliases = {"file_path", "file"}) String path,
      @Nullable List<EditItem> edits,
      @Arg("Only show the diff") @Nullable Boolean dryRun,
      @Arg(
              value = "Instead of edits: move file or directory here",
              aliases = {"destination", "new_path"})
          @Nullable String moveTo,
      @Arg("Instead of edits: delete it") @Nullable Boolean delete,
      @Arg("Delete a directory with all in it") @Nullable Boolean recursive,
      @Arg("Only if the file still has this content") @Nullable String expectedSha256,
      @Arg("merge: join with what others changed since") @Nullable OnConflict onConflict) {
    EditArgs {
      boolean hasEdits = edits != null && !edits.isEmpty();
      int asked = (hasEdits ? 1 : 0) + (moveTo != null ? 1 : 0) + (isTrue(delete) ? 1 : 0);
      if (asked != 1) {
        throw new IllegalArgumentException("give one of edits, move_to or delete: true");
      }
    }

    private static boolean isTrue(@Nullable Boolean flag) {
      return Boolean.TRUE.equals(flag);
    }
  }

  @McpTool(
      name = "edit_file",
      title = "Edit, move or delete a file",
      description =
          "Replaces exact pieces of text in a file, all edits or none, and shows the diff; or moves"
              + " or deletes it.",
      annotations =
          @McpAnnotations(
              readOnlyHint = false,
              destructiveHint = true,
              idempotentHint = false,
              openWorldHint = false))
  ToolResult edit(EditArgs args) throws IOException, InterruptedException {
    WorkspacePath path = path(args.path());
    int links = HardLinks.of(workspace.get(), path);
    List<EditItem> edits = Objects.requireNonNullElse(args.edits(), List.of());
    return SecretWarnings.ofEach("edit", edits.stream().map(EditItem::newText).toList())
        .in(changed(path, links, change(args, path)));
  }

  private ToolResult changed(WorkspacePath path, int linksBefore, FileOutcome outcome)
      throws IOException, InterruptedException {
    ToolResult result = FileTexts.changed(path, outcome);
    return linksBefore > 1
        ? FileTexts.withLinks(result, linksBefore, HardLinks.of(workspace.get(), path))
        : result;
  }

  private FileOutcome change(EditArgs args, WorkspacePath path)
      throws IOException, InterruptedException {
    Precondition precondition = precondition(args.expectedSha256(), args.onConflict());
    if (args.moveTo() != null) {
      return files().move(path, path(args.moveTo()), precondition);
    }
    if (Boolean.TRUE.equals(args.delete())) {
      return files().delete(path, precondition, Boolean.TRUE.equals(args.recursive()));
    }
    List<EditItem> edits = Objects.requireNonNullElse(args.edits(), List.of());
    return files()
        .edit(
            path,
            edits.stream().map(EditItem::toReplacement).toList(),
            precondition,
            Boolean.TRUE.equals(args.dryRun()));
  }
}
