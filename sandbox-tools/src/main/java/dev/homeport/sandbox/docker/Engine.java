package dev.homeport.sandbox.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import dev.homeport.sandbox.SandboxException;
import dev.homeport.sandbox.SandboxException.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A Docker engine behind a Unix socket. Thread-safe; connects when first asked.
final class Engine {
  private static final String DEFAULT_SOCKET = "/var/run/docker.sock";
  private static final String UNIX = "unix://";
  private static final Duration RESPONSE_LIMIT = Duration.ofMinutes(2);
  private static final int MOST_CONNECTIONS = 64;

  private final Path socket;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable DockerClient client;

  Engine(Path socket) {
    this.socket = socket;
  }

  /// The engine that `DOCKER_HOST` names, or empty if that is not a Unix socket.
  static Optional<Engine> ofEnvironment() {
    String host = Optional.ofNullable(System.getenv("DOCKER_HOST")).orElse("");
    if (host.isEmpty()) {
      return Optional.of(new Engine(Path.of(DEFAULT_SOCKET)));
    }
    return host.startsWith(UNIX)
        ? Optional.of(new Engine(Path.of(host.substring(UNIX.length()))))
        : Optional.empty();
  }

  Path socket() {
    return socket;
  }

  /// Calls the API and turns its errors into words.
  <T extends @Nullable Object> T call(Function<DockerClient, T> call) throws SandboxException {
    try {
      return call.apply(client());
    } catch (DockerException e) {
      throw new SandboxException(
          isGone(e) ? Kind.LOST : Kind.FAILED,
          "The Docker engine refused: " + String.valueOf(e.getMessage()).strip(),
          e);
    } catch (RuntimeException e) {
      if (e.getCause() instanceof IOException) {
        throw new SandboxException(Kind.LOST, "The Docker engine does not answer.", e);
      }
      throw e;
    }
  }

  /// Not found, or not running any more.
  private static boolean isGone(DockerException e) {
    return e.getHttpStatus() == 404 || e.getHttpStatus() == 409;
  }

  private DockerClient client() {
    lock.lock();
    try {
      DockerClient open = client;
      if (open == null) {
        open = connect();
        client = open;
      }
      return open;
    } finally {
      lock.unlock();
    }
  }

  private DockerClient connect() {
    DockerClientConfig config =
        DefaultDockerClientConfig.createDefaultConfigBuilder()
            .withDockerHost(UNIX + socket)
            .withDockerTlsVerify(false)
            .build();
    var http =
        new ZerodepDockerHttpClient.Builder()
            .dockerHost(config.getDockerHost())
            .maxConnections(MOST_CONNECTIONS)
            .responseTimeout(RESPONSE_LIMIT)
            .build();
    return DockerClientImpl.getInstance(config, http);
  }
}
