package dev.homeport.server.mcp;

import dev.homeport.server.protocol.ProtocolException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Objects;

/// Calls of methods that were found by their annotations.
final class AnnotatedMethod {
  private AnnotatedMethod() {}

  /// Calls a method.
  ///
  /// @throws ProtocolException if the method throws it
  static Object call(Object target, Method method, Object... arguments) throws ProtocolException {
    try {
      method.setAccessible(true);
      return Objects.requireNonNull(method.invoke(target, arguments));
    } catch (InvocationTargetException thrown) {
      switch (thrown.getCause()) {
        case ProtocolException told -> throw told;
        case RuntimeException bug -> throw bug;
        case Error bug -> throw bug;
        case null, default -> throw new IllegalStateException(thrown.getCause());
      }
    } catch (IllegalAccessException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
