package dev.homeport.server.tool;

import dev.homeport.server.tool.schema.BadArgumentException;
import dev.homeport.server.tool.schema.RecordShape;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Objects;

/// One annotated method, ready to be called with parsed JSON.
final class Tool {
  private final Object toolset;
  private final Method method;
  private final RecordShape<?> arguments;
  private final boolean wantsContext;
  private final ToolDefinition definition;

  /// @throws IllegalArgumentException if the method has not the form of a tool
  Tool(Toolset group, Object toolset, Method method) {
    Class<?>[] parameters = method.getParameterTypes();
    this.wantsContext = parameters.length == 2 && parameters[1] == ToolContext.class;
    if (!(parameters.length == 1 || wantsContext)
        || !parameters[0].isRecord()
        || method.getReturnType() != ToolResult.class) {
      throw new IllegalArgumentException(
          method + " must take one record, optionally a ToolContext, and return a ToolResult");
    }
    this.toolset = toolset;
    this.method = method;
    this.arguments = RecordShape.of(parameters[0].asSubclass(Record.class));
    this.definition = ToolDefinition.of(group, method, arguments);
    method.setAccessible(true);
  }

  ToolDefinition definition() {
    return definition;
  }

  /// Calls the method; what it throws becomes an answer.
  ///
  /// @throws ToolFault if it has a bug
  ToolResult call(Map<String, ?> json, ToolContext context) {
    try {
      Record bound = arguments.bind(json);
      Object result =
          wantsContext ? method.invoke(toolset, bound, context) : method.invoke(toolset, bound);
      return (ToolResult) Objects.requireNonNull(result);
    } catch (BadArgumentException bad) {
      return ToolErrors.answer(definition.name(), bad);
    } catch (InvocationTargetException thrown) {
      return ToolErrors.answer(definition.name(), Objects.requireNonNull(thrown.getCause()));
    } catch (IllegalAccessException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
