package dev.homeport.server.mcp;

import dev.homeport.server.protocol.ProtocolException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/// An annotated method that takes strings and returns one.
final class TextMethod {
  private final Object target;
  private final Method method;

  /// @throws IllegalArgumentException if the method has another form
  TextMethod(Object target, Method method) {
    if (method.getReturnType() != String.class
        || !Arrays.stream(method.getParameterTypes()).allMatch(String.class::equals)) {
      throw new IllegalArgumentException(method + " must take strings and return one");
    }
    this.target = target;
    this.method = method;
  }

  <A extends Annotation> A annotation(Class<A> type) {
    return Objects.requireNonNull(method.getAnnotation(type));
  }

  List<Parameter> parameters() {
    return List.of(method.getParameters());
  }

  /// Calls the method.
  ///
  /// @throws ProtocolException if the method throws it
  String call(String... arguments) throws ProtocolException {
    return (String) AnnotatedMethod.call(target, method, (Object[]) arguments);
  }

  @Override
  public String toString() {
    return method.toString();
  }
}
