package dev.homeport.server.transport;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/// Decides who is served, and with what. Thread-safe.
public interface Admission extends AutoCloseable {
  /// Whose request this is.
  ///
  /// @param response for the refusal, if it is refused
  /// @return empty if it was refused and answered
  Optional<HttpLane> admit(HttpServletRequest request, HttpServletResponse response)
      throws IOException;

  /// What stands for everybody to read, such as the metadata of a protected resource.
  ///
  /// @return false if there is nothing under this path
  boolean answerPublic(HttpServletRequest request, HttpServletResponse response) throws IOException;

  /// Ends the streams of all, and waits for nothing.
  void endStreams();

  @Override
  void close() throws IOException;

  /// Everybody gets the same lane.
  static Admission open(HttpLane lane) {
    return new Admission() {
      @Override
      public Optional<HttpLane> admit(HttpServletRequest request, HttpServletResponse response) {
        return Optional.of(lane);
      }

      @Override
      public boolean answerPublic(HttpServletRequest request, HttpServletResponse response) {
        return false;
      }

      @Override
      public void endStreams() {
        lane.endStreams();
      }

      @Override
      public void close() {
        lane.close();
      }
    };
  }
}
