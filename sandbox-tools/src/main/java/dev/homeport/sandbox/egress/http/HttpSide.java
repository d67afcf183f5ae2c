package dev.homeport.sandbox.egress.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.ProtocolVersion;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.AbstractMessageParser;
import org.apache.hc.core5.http.impl.io.ChunkedInputStream;
import org.apache.hc.core5.http.impl.io.ChunkedOutputStream;
import org.apache.hc.core5.http.impl.io.ContentLengthInputStream;
import org.apache.hc.core5.http.impl.io.SessionInputBufferImpl;
import org.apache.hc.core5.http.impl.io.SessionOutputBufferImpl;
import org.apache.hc.core5.http.message.BasicLineParser;
import org.apache.hc.core5.util.CharArrayBuffer;

/// HTTP/1.1 over one connection: reads and writes heads and bodies. For one thread.
public final class HttpSide {
  private static final int BUFFER = 8 << 10;
  private static final int LONGEST_LINE = 32 << 10;
  private static final int LONGEST_HEAD = 64 << 10;
  private static final int MOST_FIELDS = 200;
  private static final Http1Config LIMITS =
      Http1Config.custom()
          .setBufferSize(BUFFER)
          .setMaxLineLength(LONGEST_LINE)
          .setMaxHeaderCount(MOST_FIELDS)
          .build();

  private final Socket socket;
  private final Metered input;
  private final OutputStream output;
  private final SessionInputBufferImpl buffer = new SessionInputBufferImpl(BUFFER, LONGEST_LINE);

  /// Reads nothing yet.
  public HttpSide(Socket socket) throws IOException {
    this.socket = socket;
    this.input = new Metered(socket.getInputStream());
    this.output = socket.getOutputStream();
  }

  /// Ends a head that is too long, whatever its lines are.
  private static final class Metered extends FilterInputStream {
    private int left;
    private boolean metered;

    Metered(InputStream input) {
      super(input);
    }

    void meter(boolean head) {
      metered = head;
      left = LONGEST_HEAD;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = super.read(bytes, offset, length);
      left -= metered ? Math.max(count, 0) : 0;
      if (left < 0) {
        throw new BadMessageException("a head has more than " + LONGEST_HEAD + " bytes");
      }
      return count;
    }
  }

  /// The connection.
  public Socket socket() {
    return socket;
  }

  /// What was read already and belongs to no message.
  public byte[] takeBuffered() throws IOException {
    byte[] read = new byte[buffer.length()];
    int count = read.length == 0 ? 0 : buffer.read(read, input);
    return Arrays.copyOf(read, count);
  }

  /// What was read already and what comes, without any reading of it.
  public InputStream rest() throws IOException {
    input.meter(false);
    return new SequenceInputStream(new ByteArrayInputStream(takeBuffered()), input);
  }

  /// Where bytes go that are no message.
  public OutputStream output() {
    return output;
  }

  /// The head of the next request, or empty if there is no other one.
  public Optional<RequestHead> readRequest() throws IOException {
    try {
      Optional<CharArrayBuffer> line = line();
      if (line.isEmpty()) {
        return Optional.empty();
      }
      var first = BasicLineParser.INSTANCE.parseRequestLine(line.get());
      if (!isToken(first.getMethod())) {
        throw new BadMessageException("the method is no token");
      }
      boolean http11 = isHttp11(first.getProtocolVersion());
      return Optional.of(new RequestHead(first.getMethod(), first.getUri(), http11, fields()));
    } catch (HttpException | MessageConstraintException e) {
      throw new BadMessageException("not HTTP/1.1: " + e.getMessage());
    }
  }

  /// The head of the next answer.
  ///
  /// @throws IOException also if there is none
  public ResponseHead readResponse() throws IOException {
    try {
      CharArrayBuffer line =
          line().orElseThrow(() -> new IOException("the server closed the connection"));
      var first = BasicLineParser.INSTANCE.parseStatusLine(line);
      String reason = Optional.ofNullable(first.getReasonPhrase()).orElse("");
      boolean http11 = isHttp11(first.getProtocolVersion());
      return new ResponseHead(first.getStatusCode(), reason, http11, fields());
    } catch (HttpException | MessageConstraintException e) {
      throw new BadMessageException("the server's answer is not HTTP/1.1: " + e.getMessage());
    }
  }

  private static boolean isHttp11(ProtocolVersion version) throws BadMessageException {
    boolean http11 = version.equals(HttpVersion.HTTP_1_1);
    if (!http11 && !version.equals(HttpVersion.HTTP_1_0)) {
      throw new BadMessageException("only HTTP/1.1 is spoken here, not " + version);
    }
    return http11;
  }

  /// Whether something was read already that belongs to no message.
  public boolean hasBuffered() {
    return buffer.hasBufferedData();
  }

  private Optional<CharArrayBuffer> line() throws IOException {
    input.meter(true);
    var line = new CharArrayBuffer(128);
    // A line may be left over from the message before.
    int length = buffer.readLine(line, input);
    if (length == 0) {
      length = buffer.readLine(line, input);
    }
    return length < 0 ? Optional.empty() : Optional.of(line);
  }

  private Fields fields() throws IOException, HttpException {
    Header[] headers =
        AbstractMessageParser.parseHeaders(
            buffer, input, MOST_FIELDS, LONGEST_LINE, BasicLineParser.INSTANCE);
    input.meter(false);
    var fields = new ArrayList<Fields.Field>();
    for (Header header : headers) {
      String value = Optional.ofNullable(header.getValue()).orElse("").strip();
      if (!isToken(header.getName()) || value.chars().anyMatch(HttpSide::isControl)) {
        throw new BadMessageException("a field is written wrongly");
      }
      fields.add(new Fields.Field(header.getName(), value));
    }
    return new Fields(fields);
  }

  private static boolean isToken(String name) {
    return !name.isEmpty()
        && name.chars().allMatch(c -> c > ' ' && c < 127 && "\"(),/:;<=>?@[\\]{}".indexOf(c) < 0);
  }

  private static boolean isControl(int c) {
    return (c < ' ' && c != '\t') || c == 127;
  }

  /// The body of the message whose head was read.
  public InputStream body(Framing framing) {
    return switch (framing) {
      case Framing.Empty _ -> InputStream.nullInputStream();
      case Framing.Length(long bytes) -> new ContentLengthInputStream(buffer, input, bytes);
      case Framing.Chunked _ -> new ChunkedInputStream(buffer, input, LIMITS);
      case Framing.UntilClose _ ->
          new InputStream() {
            @Override
            public int read() throws IOException {
              byte[] one = new byte[1];
              return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
              return length == 0 ? 0 : buffer.read(bytes, offset, length, input);
            }
          };
    };
  }

  /// Writes a head: its first line, its fields, and the field that its framing needs.
  public void writeHead(String first, Fields fields, Framing framing) throws IOException {
    var text = new StringBuilder(first).append("\r\n");
    for (Fields.Field field : fields.list()) {
      text.append(field.name()).append(": ").append(field.value()).append("\r\n");
    }
    switch (framing) {
      case Framing.Length(long bytes) ->
          text.append("Content-Length: ").append(bytes).append("\r\n");
      case Framing.Chunked _ -> text.append("Transfer-Encoding: chunked\r\n");
      case Framing.Empty _, Framing.UntilClose _ -> {}
    }
    output.write(text.append("\r\n").toString().getBytes(ISO_8859_1));
    output.flush();
  }

  /// Copies a body, each piece as soon as it is there.
  ///
  /// @param count is told how many bytes passed
  public void writeBody(InputStream body, Framing framing, LongConsumer count) throws IOException {
    OutputStream target =
        framing instanceof Framing.Chunked
            ? new ChunkedOutputStream(new SessionOutputBufferImpl(BUFFER), output, BUFFER)
            : output;
    byte[] bytes = new byte[BUFFER];
    for (int read = body.read(bytes); read >= 0; read = body.read(bytes)) {
      target.write(bytes, 0, read);
      target.flush();
      count.accept(read);
    }
    if (target instanceof ChunkedOutputStream chunks) {
      chunks.finish();
      chunks.flush();
    }
    output.flush();
  }
}
