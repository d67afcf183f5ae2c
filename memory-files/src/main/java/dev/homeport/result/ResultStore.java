package dev.homeport.result;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.homeport.secret.MaskingStream;
import dev.homeport.secret.SecretAllowList;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspaceException.Kind;
import dev.homeport.workspace.WorkspacePath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.time.InstantSource;
import java.util.Optional;

/// Outputs that are too large for a context, kept whole below `.homeport/results/`.
///
/// Each has a unique id and never changes. Secrets in text are masked on the way in. Nothing is
/// held in memory as a whole. Thread-safe; several processes may share the store.
public final class ResultStore {
  /// The most bytes that one result may have.
  public static final long MAX_BYTES = 1L << 30;

  /// The most bytes that one read returns.
  public static final int MAX_SLICE_BYTES = 1 << 20;

  private final Workspace workspace;
  private final InstantSource clock;
  private final WorkspacePath directory;
  private final ResultFacts facts;

  private ResultStore(Workspace workspace, InstantSource clock) throws WorkspaceException {
    this.workspace = workspace;
    this.clock = clock;
    this.directory = WorkspacePath.parse(Workspace.OWN_DIRECTORY + "/results");
    this.facts = new ResultFacts(workspace, directory);
  }

  /// The store of a workspace; nothing is read or written yet.
  public static ResultStore in(Workspace workspace, InstantSource clock) throws WorkspaceException {
    return new ResultStore(workspace, clock);
  }

  /// Stores a text.
  public StoredResult store(String text, String mediaType, String origin) throws IOException {
    return store(new ByteArrayInputStream(text.getBytes(UTF_8)), mediaType, origin);
  }

  /// Stores everything that a stream gives, durably; the stream is not closed.
  ///
  /// @param mediaType decides whether the content is text, which is masked
  /// @param origin where it comes from, such as `execute bash`
  /// @throws WorkspaceException of kind `TOO_LARGE` beyond [#MAX_BYTES]; nothing is kept then
  public StoredResult store(InputStream content, String mediaType, String origin)
      throws IOException {
    ResultId id = ResultId.at(clock.instant());
    WorkspacePath path = directory.child(id.text());
    boolean done = false;
    try (var channel = workspace.openForAppend(path)) {
      StoredResult result = write(content, mediaType, origin, id, channel);
      facts.write(result);
      done = true;
      return result;
    } finally {
      if (!done && workspace.stat(path).isPresent()) {
        workspace.delete(path);
      }
    }
  }

  private StoredResult write(
      InputStream content, String mediaType, String origin, ResultId id, FileChannel channel)
      throws IOException {
    var measure = new Measure(channel);
    int masked = 0;
    if (StoredResult.isText(mediaType)) {
      var masking = new MaskingStream(measure, SecretAllowList.NONE);
      copy(content, masking);
      masking.finish();
      masked = masking.masked();
    } else {
      copy(content, measure);
    }
    channel.force(true);
    return new StoredResult(
        id,
        directory.child(id.text()),
        measure.sha256(),
        measure.bytes(),
        measure.lines(),
        mediaType,
        origin,
        masked,
        clock.instant());
  }

  private static void copy(InputStream content, OutputStream target) throws IOException {
    var buffer = new byte[64 * 1_024];
    long total = 0;
    for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
      total += read;
      if (total > MAX_BYTES) {
        throw new WorkspaceException(
            Kind.TOO_LARGE, "A stored result may have at most " + MAX_BYTES + " bytes.");
      }
      target.write(buffer, 0, read);
    }
  }

  /// What is known about a result, or empty if there is none of this id.
  public Optional<StoredResult> find(ResultId id) throws IOException {
    return facts.read(id);
  }

  /// Head and tail of a result in `<persisted-output>` form, with the path of the whole.
  public String preview(StoredResult result) throws IOException {
    try (var reader = open(result.id())) {
      if (result.bytes() <= 2L * Preview.BYTES) {
        return Preview.of(result, reader.bytes(0, 2 * Preview.BYTES), new byte[0]);
      }
      byte[] head = reader.bytes(0, Preview.BYTES);
      byte[] tail = reader.bytes(result.bytes() - Preview.BYTES, Preview.BYTES);
      return Preview.of(result, head, tail);
    }
  }

  /// Reads lines.
  ///
  /// @param firstLine the first line, from 1
  /// @param count at most this many lines
  /// @param mostBytes at most this many bytes, 16 to [#MAX_SLICE_BYTES]; a line may be cut by it
  public ResultSlice readLines(ResultId id, long firstLine, int count, int mostBytes)
      throws IOException {
    require(firstLine >= 1 && count >= 1, "first line and count must be at least 1");
    requireSliceSize(mostBytes);
    try (var reader = open(id)) {
      return reader.lineSlice(firstLine, count, mostBytes);
    }
  }

  /// Reads bytes from an offset on, 16 to [#MAX_SLICE_BYTES]; no character is cut in two.
  public ResultSlice readBytes(ResultId id, long offset, int mostBytes) throws IOException {
    require(offset >= 0, "the offset must not be negative");
    requireSliceSize(mostBytes);
    try (var reader = open(id)) {
      return reader.byteSlice(offset, mostBytes);
    }
  }

  /// Finds the lines that contain a literal within their first 64 KiB; long lines are shown in
  /// part.
  ///
  /// @param firstLine where to begin, from 1
  /// @param limit the most lines to find
  public ResultSlice grep(ResultId id, String literal, long firstLine, int limit)
      throws IOException {
    require(!literal.isEmpty(), "the text to find must not be empty");
    require(firstLine >= 1 && limit >= 1, "first line and limit must be at least 1");
    try (var reader = open(id)) {
      return reader.grep(literal, firstLine, limit);
    }
  }

  private ResultReader open(ResultId id) throws IOException {
    if (find(id).isEmpty()) {
      throw new WorkspaceException(Kind.NOT_FOUND, "There is no stored result " + id + ".");
    }
    return new ResultReader(workspace.openForRead(directory.child(id.text())));
  }

  private static void requireSliceSize(int bytes) {
    require(
        bytes >= 16 && bytes <= MAX_SLICE_BYTES, "the byte limit must be 16.." + MAX_SLICE_BYTES);
  }

  private static void require(boolean condition, String rule) {
    if (!condition) {
      throw new IllegalArgumentException(rule);
    }
  }
}
