package dev.homeport.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeport.server.transport.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What the tests of the vendor's memory helpers ask, asked over MCP.
///
/// Each case names the tests that it stands for: `py` is `test_filesystem.py` of
/// anthropic-sdk-python (its asynchronous class has the same ones), `ts` is
/// `BetaLocalFilesystemMemoryTool.test.ts` of anthropic-sdk-typescript. Where helper and
/// documentation have different words, the documentation's are expected; `docs/memory-tool.md`
/// lists the differences.
@Timeout(120)
class VendorMemoryTest {
  @TempDir Path temporary;
  private Path memory;
  private Path outside;
  private ServerProcess server;
  private int calls;

  @BeforeEach
  void start() throws IOException, InterruptedException {
    Path workspace = Files.createDirectory(temporary.resolve("workspace"));
    memory = workspace.resolve(".homeport/memory");
    outside = Files.createDirectory(temporary.resolve("outside"));
    Files.writeString(outside.resolve("secret.txt"), "sensitive data");
    server =
        ServerProcess.start(
            Map.of("HOME", temporary.resolve("home").toString()),
            Main.class,
            "stdio",
            "--workspace",
            workspace.toString());
    server.handshake();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /// @param upstream the tests that it stands for
  /// @param before the files before the call
  /// @param call the arguments
  /// @param isError whether the call must fail
  /// @param says the whole answer
  /// @param after the files after the call
  private record Case(
      String upstream,
      Map<String, String> before,
      Map<String, ?> call,
      boolean isError,
      String says,
      Map<String, String> after) {
    static Case done(
        String upstream, Map<String, String> before, Map<String, ?> call, String says) {
      return new Case(upstream, before, call, false, says, before);
    }

    static Case refused(
        String upstream, Map<String, String> before, Map<String, ?> call, String says) {
      return new Case(upstream, before, call, true, says, before);
    }

    Case leaves(Map<String, String> files) {
      return new Case(upstream, before, call, isError, says, files);
    }
  }

  @TestFactory
  Stream<DynamicTest> answersAsTheVendorsTestsAsk() {
    return Stream.of(
            creating(), viewing(), replacing(), inserting(), deleting(), renaming(), paths())
        .flatMap(List::stream)
        .map(each -> DynamicTest.dynamicTest(each.upstream(), () -> check(each)));
  }

  private static List<Case> creating() {
    return List.of(
        Case.done(
                "py test_create, ts create: a file",
                Map.of(),
                create("/memories/test_file.txt", "Hello, World!"),
                "File created successfully at: /memories/test_file.txt")
            .leaves(Map.of("test_file.txt", "Hello, World!")),
        Case.done(
                "py test_create_nested_directories, ts create: nested directories",
                Map.of(),
                create("/memories/deep/nested/file.txt", "Nested file"),
                "File created successfully at: /memories/deep/nested/file.txt")
            .leaves(Map.of("deep/nested/file.txt", "Nested file")),
        Case.refused(
            "py test_create_error_if_file_already_exists, ts create: already exists",
            Map.of("existing.txt", "Original"),
            create("/memories/existing.txt", "New"),
            "Error: File /memories/existing.txt already exists"),
        Case.done(
                "py test_create_retries_short_writes: all bytes arrive",
                Map.of(),
                create("/memories/short-write.txt", "prefix-\u2603-suffix"),
                "File created successfully at: /memories/short-write.txt")
            .leaves(Map.of("short-write.txt", "prefix-\u2603-suffix")));
  }

  private static List<Case> viewing() {
    return List.of(
        Case.done(
            "py test_view_file, ts view: line numbers",
            Map.of("view_test.txt", "Line 1\nLine 2\nLine 3"),
            view("/memories/view_test.txt"),
            "Here's the content of /memories/view_test.txt with line numbers:\n"
                + "     1\tLine 1\n     2\tLine 2\n     3\tLine 3"),
        Case.done(
            "py test_view_file_with_range, ts view: range",
            Map.of("range_test.txt", "Line 1\nLine 2\nLine 3\nLine 4\nLine 5"),
            Map.of(
                "command", "view", "path", "/memories/range_test.txt", "view_range", List.of(2, 4)),
            "Here's the content of /memories/range_test.txt with line numbers:\n"
                + "     2\tLine 2\n     3\tLine 3\n     4\tLine 4"),
        Case.refused(
            "py test_view_error_for_non_existent_file, ts view: non-existent",
            Map.of(),
            view("/memories/nonexistent.txt"),
            "The path /memories/nonexistent.txt does not exist. Please provide a valid path."),
        Case.done(
            "py test_view_preserves_crlf_line_endings",
            Map.of("crlf.txt", "line1\r\nline2\r\nline3\r\n"),
            view("/memories/crlf.txt"),
            "Here's the content of /memories/crlf.txt with line numbers:\n"
                + "     1\tline1\r\n     2\tline2\r\n     3\tline3\r\n     4\t"));
  }

  private static List<Case> replacing() {
    return List.of(
        Case.done(
                "py test_str_replace, ts str_replace: replaces",
                Map.of("replace_test.txt", "Line 1\nOld Text\nLine 3"),
                replace("/memories/replace_test.txt", "Old Text", "New Text"),
                "The memory file has been edited.\n"
                    + "     1\tLine 1\n     2\tNew Text\n     3\tLine 3")
            .leaves(Map.of("replace_test.txt", "Line 1\nNew Text\nLine 3")),
        Case.refused(
            "py test_str_replace_error_when_string_not_found, ts str_replace: not found",
            Map.of("replace_test.txt", "Hello, World!"),
            replace("/memories/replace_test.txt", "NotFound", "Python"),
            "No replacement was performed, old_str `NotFound` did not appear verbatim in"
                + " /memories/replace_test.txt."),
        Case.refused(
            "py test_str_replace_error_when_string_appears_multiple_times, ts str_replace:"
                + " multiple",
            Map.of("replace_test.txt", "Hello\nMiddle\nHello"),
            replace("/memories/replace_test.txt", "Hello", "Hi"),
            "No replacement was performed. Multiple occurrences of old_str `Hello` in lines: 1, 3."
                + " Please ensure it is unique"),
        Case.refused(
            "py test_str_replace_error_for_non_existent_file, ts str_replace: non-existent",
            Map.of(),
            replace("/memories/nonexistent.txt", "old", "new"),
            "Error: The path /memories/nonexistent.txt does not exist. Please provide a valid"
                + " path."),
        Case.done(
                "py test_str_replace_preserves_crlf_line_endings",
                Map.of("crlf.txt", "line1\r\nline2\r\nline3\r\n"),
                replace("/memories/crlf.txt", "line2", "LINE2"),
                "The memory file has been edited.\n"
                    + "     1\tline1\r\n     2\tLINE2\r\n     3\tline3\r\n     4\t")
            .leaves(Map.of("crlf.txt", "line1\r\nLINE2\r\nline3\r\n")));
  }

  private static List<Case> inserting() {
    String edited = "The file /memories/insert_test.txt has been edited.";
    Map<String, String> two = Map.of("insert_test.txt", "Line 1\nLine 2");
    return List.of(
        Case.done(
                "py test_insert, ts insert: at a line",
                two,
                insert("/memories/insert_test.txt", 1, "Inserted Line"),
                edited)
            .leaves(Map.of("insert_test.txt", "Line 1\nInserted Line\nLine 2")),
        Case.done(
                "py test_insert_at_beginning_of_file, ts insert: beginning",
                two,
                insert("/memories/insert_test.txt", 0, "First Line"),
                edited)
            .leaves(Map.of("insert_test.txt", "First Line\nLine 1\nLine 2")),
        Case.done(
                "py test_insert_at_end_of_file, ts insert: end",
                two,
                insert("/memories/insert_test.txt", 2, "Last Line"),
                edited)
            .leaves(Map.of("insert_test.txt", "Line 1\nLine 2\nLast Line")),
        Case.done(
                "py test_insert_preserves_crlf_line_endings",
                Map.of("insert_test.txt", "line1\r\nline2\r\nline3\r\n"),
                insert("/memories/insert_test.txt", 1, "Inserted"),
                edited)
            .leaves(Map.of("insert_test.txt", "line1\r\nInserted\r\nline2\r\nline3\r\n")),
        Case.refused(
            "py test_insert_error_for_non_existent_file, ts insert: non-existent",
            Map.of(),
            insert("/memories/nonexistent.txt", 0, "text"),
            "Error: The path /memories/nonexistent.txt does not exist"),
        Case.refused(
            "py test_insert_error_for_invalid_insert_line, ts insert: invalid line",
            two,
            insert("/memories/insert_test.txt", 10, "text"),
            "Error: Invalid `insert_line` parameter: 10. It should be within the range of lines of"
                + " the file: [0, 2]"));
  }

  private static List<Case> deleting() {
    return List.of(
        Case.done(
                "py test_delete, ts delete: a file",
                Map.of("delete_me.txt", "To be deleted"),
                delete("/memories/delete_me.txt"),
                "Successfully deleted /memories/delete_me.txt")
            .leaves(Map.of()),
        Case.done(
                "py test_delete_directory, ts delete: a directory",
                Map.of("subdir/file.txt", "Content"),
                delete("/memories/subdir"),
                "Successfully deleted /memories/subdir")
            .leaves(Map.of()),
        Case.refused(
            "py test_delete_error_when_file_not_found, ts delete: not found",
            Map.of(),
            delete("/memories/nonexistent.txt"),
            "Error: The path /memories/nonexistent.txt does not exist"),
        Case.refused(
            "py test_delete_not_allow_deleting_memories_directory, ts delete: /memories",
            Map.of("kept.txt", "kept"),
            delete("/memories"),
            "Cannot delete the /memories directory itself"));
  }

  private static List<Case> renaming() {
    return List.of(
        Case.done(
                "py test_rename, ts rename: a file",
                Map.of("old_name.txt", "Original content"),
                rename("/memories/old_name.txt", "/memories/new_name.txt"),
                "Successfully renamed /memories/old_name.txt to /memories/new_name.txt")
            .leaves(Map.of("new_name.txt", "Original content")),
        Case.done(
                "py test_rename_to_nested_path, ts rename: nested",
                Map.of("file.txt", "Content"),
                rename("/memories/file.txt", "/memories/nested/dir/file.txt"),
                "Successfully renamed /memories/file.txt to /memories/nested/dir/file.txt")
            .leaves(Map.of("nested/dir/file.txt", "Content")),
        Case.refused(
            "py test_rename_error_when_source_not_found, ts rename: source not found",
            Map.of(),
            rename("/memories/nonexistent.txt", "/memories/new.txt"),
            "Error: The path /memories/nonexistent.txt does not exist"),
        Case.refused(
            "py test_rename_error_when_destination_exists, ts rename: destination exists",
            Map.of("file1.txt", "File 1", "file2.txt", "File 2"),
            rename("/memories/file1.txt", "/memories/file2.txt"),
            "Error: The destination /memories/file2.txt already exists"));
  }

  private static List<Case> paths() {
    return List.of(
        Case.refused(
            "py test_path_validation_reject_paths_not_starting_with_memories, ts path validation",
            Map.of(),
            create("/invalid/path.txt", "Invalid"),
            "Path must start with /memories, got: /invalid/path.txt"),
        Case.refused(
            "py test_path_validation_reject_paths_trying_to_escape_memories, ts path validation",
            Map.of(),
            create("/memories/../../../etc/passwd", "Escape attempt"),
            "Path /memories/../../../etc/passwd would escape /memories directory"),
        Case.refused(
            "ts sibling prefix: traversal",
            Map.of(),
            view("/memories/../memories_backup/secret.txt"),
            "Path /memories/../memories_backup/secret.txt would escape /memories directory"),
        Case.refused(
            "ts and py symlink: view through a link",
            Map.of(),
            view("/memories/escape_link/secret.txt"),
            "Path /memories/escape_link/secret.txt would escape /memories directory"),
        Case.refused(
            "ts and py symlink: create through a link",
            Map.of(),
            create("/memories/escape_link/hacked.txt", "malicious content"),
            "Path /memories/escape_link/hacked.txt would escape /memories directory"),
        Case.refused(
            "ts and py symlink: create below a directory behind a link",
            Map.of(),
            create("/memories/escape_link/nested/file.txt", "content"),
            "Path /memories/escape_link/nested/file.txt would escape /memories directory"),
        Case.refused(
            "ts sibling prefix: link to a sibling of the memory directory",
            Map.of(),
            view("/memories/sibling_link/secret.txt"),
            "Path /memories/sibling_link/secret.txt would escape /memories directory"),
        Case.refused(
            "py test_validate_path_returns_resolved_path: a link to the inside",
            Map.of("legit/file.txt", "content"),
            view("/memories/legit_link/file.txt"),
            "Path /memories/legit_link/file.txt would escape /memories directory"));
  }

  private void check(Case each) throws IOException, InterruptedException {
    clear();
    for (var file : each.before().entrySet()) {
      AttackGround.file(memory.resolve(file.getKey()), file.getValue());
    }
    link("escape_link", outside);
    link("legit_link", Path.of("legit"));
    link("sibling_link", memory.resolveSibling("memory_backup"));
    AttackGround.file(memory.resolveSibling("memory_backup/secret.txt"), "stolen data");

    JsonNode result = call(each.call());

    assertThat(text(result)).isEqualTo(each.says());
    assertThat(result.path("isError").asBoolean(false)).isEqualTo(each.isError());
    assertThat(files()).isEqualTo(each.after());
    assertThat(outside.resolve("secret.txt")).hasContent("sensitive data");
    assertThat(outside).isDirectoryNotContaining("glob:**/{hacked.txt,nested}");
  }

  private void link(String name, Path target) throws IOException {
    Files.createSymbolicLink(memory.resolve(name), target);
  }

  private void clear() throws IOException {
    Files.createDirectories(memory);
    try (var all = Files.walk(memory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
    Files.createDirectories(memory);
  }

  private Map<String, String> files() throws IOException {
    var found = new TreeMap<String, String>();
    try (var all = Files.walk(memory)) {
      for (Path path : all.toList()) {
        if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
          found.put(memory.relativize(path).toString(), Files.readString(path));
        }
      }
    }
    return found;
  }

  private JsonNode call(Map<String, ?> arguments) throws IOException, InterruptedException {
    server.call(++calls, "memory", arguments);
    return server.receive().path("result");
  }

  private static String text(JsonNode result) {
    return result.path("content").path(0).path("text").asString();
  }

  /// py test_view_directory, ts view: a directory. Sizes of directories differ between file
  /// systems.
  @Test
  void listsADirectory() throws IOException, InterruptedException {
    call(create("/memories/dir/file1.txt", "File 1"));
    call(create("/memories/dir/file2.txt", "File 2"));

    List<String> lines = text(call(view("/memories/dir"))).lines().toList();

    assertThat(lines).hasSize(4);
    assertThat(lines.get(0))
        .isEqualTo(
            "Here're the files and directories up to 2 levels deep in /memories/dir, excluding"
                + " hidden items and node_modules:");
    assertThat(lines.get(1)).endsWith("\t/memories/dir");
    assertThat(lines.subList(2, 4))
        .containsExactly("6B\t/memories/dir/file1.txt", "6B\t/memories/dir/file2.txt");
  }

  /// py test_view_error_for_files_with_too_many_lines, ts view: too many lines.
  @Test
  void makesAFileOfAMillionLinesButDoesNotShowIt() throws IOException, InterruptedException {
    JsonNode created = call(create("/memories/huge.txt", "line\n".repeat(999_999) + "line"));
    JsonNode viewed = call(view("/memories/huge.txt"));

    assertThat(text(created)).isEqualTo("File created successfully at: /memories/huge.txt");
    assertThat(text(viewed))
        .isEqualTo("File /memories/huge.txt exceeds maximum line limit of 999,999 lines.");
    assertThat(viewed.path("isError").asBoolean()).isTrue();
  }

  /// py test_view_error_for_non_utf8_file, in the documentation's words.
  @Test
  void doesNotShowWhatIsNoText() throws IOException, InterruptedException {
    Files.createDirectories(memory);
    Files.write(memory.resolve("binary.dat"), new byte[] {(byte) 0xff, (byte) 0xfe, (byte) 0x80});

    assertThat(text(call(view("/memories/binary.dat"))))
        .isEqualTo("Unsupported file type for /memories/binary.dat");
  }

  /// ts file permissions, all five; py test_mkdir_parents_not_world_writable.
  @Test
  void keepsFilesAndDirectoriesForTheirOwner() throws IOException, InterruptedException {
    call(create("/memories/perm-test.txt", "old"));
    call(create("/memories/nested/perm-test.txt", "secret"));
    call(create("/memories/src.txt", "x"));
    call(rename("/memories/src.txt", "/memories/renamed/dst.txt"));
    call(replace("/memories/perm-test.txt", "old", "new"));

    assertThat(
            Stream.of("", "nested", "renamed", "../../.homeport")
                .map(name -> mode(memory.resolve(name).normalize())))
        .containsOnly("rwx------");
    assertThat(
            Stream.of("perm-test.txt", "nested/perm-test.txt", "renamed/dst.txt")
                .map(name -> mode(memory.resolve(name))))
        .containsOnly("rw-------");
  }

  private static String mode(Path path) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static Map<String, ?> create(String path, String text) {
    return Map.of("command", "create", "path", path, "file_text", text);
  }

  private static Map<String, ?> view(String path) {
    return Map.of("command", "view", "path", path);
  }

  private static Map<String, ?> replace(String path, String old, String replacement) {
    var arguments = new HashMap<String, Object>(view(path));
    arguments.put("command", "str_replace");
    arguments.put("old_str", old);
    arguments.put("new_str", replacement);
    return arguments;
  }

  private static Map<String, ?> insert(String path, int line, String text) {
    return Map.of("command", "insert", "path", path, "insert_line", line, "insert_text", text);
  }

  private static Map<String, ?> delete(String path) {
    return Map.of("command", "delete", "path", path);
  }

  private static Map<String, ?> rename(String from, String to) {
    return Map.of("command", "rename", "old_path", from, "new_path", to);
  }
}
