package dev.homeport.result;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.homeport.secret.MaskingStream;
import dev.homeport.secret.SecretAllowList;
import dev.homeport.secret.SecretMasker;
import dev.homeport.workspace.Workspace;
import dev.homeport.workspace.WorkspaceException;
import dev.homeport.workspace.WorkspaceException.Kind;
import dev.homeport.workspace.WorkspacePath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Outputs that are too large for a context, kept whole below `.homeport/results/`.
///
/// Each has a unique id and never changes; how many there are and how long they stay is a matter of
/// [ResultLimits]. Secrets in text are masked on the way in. Nothing is held in memory as a whole.
/// Thread-safe; several processes may share the store.
public final class ResultStore {
  /// The most bytes that one read returns.
  public static final int MAX_SLICE_BYTES = 1 << 20;

  /// The most lines that one search returns.
  public static final int MAX_MATCHES = 1_000;

  private static final int LONGEST_LITERAL = 4_096;
  private static final int LONGEST_MEDIA_TYPE = 127;
  private static final int LONGEST_ORIGIN = 500;

  private final Workspace workspace;
  private final InstantSource clock;
  private final ResultLimits limits;
  private final SecretAllowList allowed;
  private final WorkspacePath directory;
  private final ResultFacts facts;
  private final ResultShelf shelf;

  private ResultStore(
      Workspace workspace, InstantSource clock, ResultLimits limits, SecretAllowList allowed)
      throws WorkspaceException {
    this.workspace = workspace;
    this.clock = clock;
    this.limits = limits;
    this.allowed = allowed;
    this.directory = WorkspacePath.parse(Workspace.OWN_DIRECTORY + "/results");
    this.facts = new ResultFacts(workspace, directory);
    this.shelf = new ResultShelf(workspace, directory, limits);
  }

  /// The store of a workspace with the default limits; nothing is read or written yet.
  public static ResultStore in(Workspace workspace, InstantSource clock) throws WorkspaceException {
    return in(workspace, clock, ResultLimits.DEFAULT, SecretAllowList.NONE);
  }

  /// The store of a workspace; nothing is read or written yet.
  ///
  /// @param limits hold for what this object stores; others may set others
  /// @param allowed what is not masked
  public static ResultStore in(
      Workspace workspace, InstantSource clock, ResultLimits limits, SecretAllowList allowed)
      throws WorkspaceException {
    return new ResultStore(workspace, clock, limits, allowed);
  }

  /// Stores a text.
  public StoredResult store(String text, String mediaType, String origin)
      throws IOException, InterruptedException {
    return store(new ByteArrayInputStream(text.getBytes(UTF_8)), mediaType, origin);
  }

  /// Stores everything that a stream gives, durably; the stream is not closed.
  ///
  /// @param mediaType decides whether the content is text, which is masked
  /// @param origin where it comes from, such as `execute bash`; masked, and cut if it is long
  /// @throws WorkspaceException of kind `TOO_LARGE` beyond the limit of one result, or `NO_SPACE`
  ///   if the store or the disk is full; nothing is kept then
  public StoredResult store(InputStream content, String mediaType, String origin)
      throws IOException, InterruptedException {
    require(
        !mediaType.isBlank() && mediaType.length() <= LONGEST_MEDIA_TYPE,
        "the media type must have 1 to " + LONGEST_MEDIA_TYPE + " characters");
    ResultId id = ResultId.at(clock.instant());
    WorkspacePath path = directory.child(id.text());
    try {
      StoredResult result;
      try (var channel = workspace.openForAppend(path)) {
        result = write(content, mediaType, origin, id, channel);
      }
      commit(result);
      return result;
    } catch (IOException | InterruptedException | RuntimeException e) {
      discard(path, e);
      throw e;
    }
  }

  private StoredResult write(
      InputStream content, String mediaType, String origin, ResultId id, FileChannel channel)
      throws IOException {
    WorkspacePath path = directory.child(id.text());
    var measure = new Measure(channel, path);
    int masked = 0;
    if (StoredResult.isText(mediaType)) {
      var masking = new MaskingStream(measure, allowed);
      copy(content, masking);
      masking.finish();
      masked = masking.masked();
    } else {
      copy(content, measure);
    }
    measure.force();
    String from = SecretMasker.mask(origin, allowed).text();
    return new StoredResult(
        id,
        path,
        measure.sha256(),
        measure.bytes(),
        measure.lines(),
        mediaType,
        cut(from),
        masked,
        clock.instant());
  }

  private static String cut(String origin) {
    int length = Math.min(origin.length(), LONGEST_ORIGIN);
    boolean isSplit = length > 0 && Character.isHighSurrogate(origin.charAt(length - 1));
    return origin.substring(0, isSplit ? length - 1 : length);
  }

  private void copy(InputStream content, OutputStream target) throws IOException {
    var buffer = new byte[64 * 1_024];
    long total = 0;
    for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
      total += read;
      if (total > limits.resultBytes()) {
        throw new WorkspaceException(
            Kind.TOO_LARGE,
            "A stored result may have at most %,d bytes; nothing was stored. Store the part that matters."
                .formatted(limits.resultBytes()));
      }
      target.write(buffer, 0, read);
    }
  }

  /// The facts make it a result: they are written when there is room and the content is complete.
  private void commit(StoredResult result) throws IOException, InterruptedException {
    try (var _ = workspace.lock(List.of(directory))) {
      shelf.makeRoom(result, clock.instant());
      if (!isComplete(result)) {
        throw new WorkspaceException(
            Kind.NOT_FOUND,
            "Somebody deleted the result while it was being stored; store it again.");
      }
      facts.write(result);
    }
  }

  private boolean isComplete(StoredResult result) throws IOException {
    return workspace.stat(result.path()).filter(file -> file.bytes() == result.bytes()).isPresent();
  }

  /// What cannot be deleted now is nobody's and goes later.
  private void discard(WorkspacePath path, Exception reason) {
    try {
      if (workspace.stat(path).isPresent()) {
        workspace.delete(path);
      }
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  /// What is known about a result, or empty if there is none of this id.
  ///
  /// @throws WorkspaceException if its files are damaged
  public Optional<StoredResult> find(ResultId id) throws IOException {
    Optional<StoredResult> found = facts.read(id);
    if (found.isEmpty() || workspace.stat(found.get().path()).isEmpty()) {
      return Optional.empty();
    }
    if (!isComplete(found.get())) {
      throw new WorkspaceException(
          Kind.DENIED,
          "%s was changed after it was stored; call the tool that made it again."
              .formatted(found.get().path()));
    }
    return found;
  }

  /// What is known about a result.
  ///
  /// @throws WorkspaceException of kind `NOT_FOUND` if there is none of this id, which says whether
  ///   it can have expired
  public StoredResult get(ResultId id) throws IOException {
    return find(id).orElseThrow(() -> gone(id));
  }

  private WorkspaceException gone(ResultId id) {
    Instant now = clock.instant();
    String reason =
        shelf.isExpired(id.created(), now)
            ? "what was stored then has expired, results are kept for %d days"
                .formatted(limits.days())
            : id.created().isBefore(now.minus(ResultShelf.SAFE))
                ? "it was removed to make room for newer ones, or it never existed"
                : "it never existed here, as none is removed within an hour";
    return new WorkspaceException(
        Kind.NOT_FOUND,
        "There is no stored result %s: %s. Check the id, or call the tool that made it again."
            .formatted(id, reason));
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

  /// Finds the lines that contain a literal; long lines are shown in part, around it.
  ///
  /// @param literal at most 4,096 characters of one line
  /// @param firstLine where to begin, from 1
  /// @param limit the most lines to find, up to [#MAX_MATCHES]
  public ResultSlice grep(ResultId id, String literal, long firstLine, int limit)
      throws IOException {
    require(
        !literal.isEmpty() && literal.length() <= LONGEST_LITERAL && literal.indexOf('\n') < 0,
        "the text to find must be a part of one line, of 1 to " + LONGEST_LITERAL + " characters");
    require(firstLine >= 1, "first line must be at least 1");
    require(limit >= 1 && limit <= MAX_MATCHES, "the limit must be 1 to " + MAX_MATCHES);
    try (var reader = open(id)) {
      return reader.grep(literal, firstLine, limit);
    }
  }

  private ResultReader open(ResultId id) throws IOException {
    return new ResultReader(workspace.openForRead(get(id).path()));
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
