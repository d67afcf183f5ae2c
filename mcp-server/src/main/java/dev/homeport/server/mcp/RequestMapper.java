package dev.homeport.server.mcp;

import dev.homeport.server.tool.ToolRegistry;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The SDK's mapper, except that parameters of the wrong form are the caller's fault (-32602) and
/// not the server's (-32603), and that a call of an unknown tool is told which one was meant.
final class RequestMapper implements McpJsonMapper {
  private final McpJsonMapper mapper = new JacksonMcpJsonMapper(JsonMapper.shared());
  private final ToolRegistry tools;

  RequestMapper(ToolRegistry tools) {
    this.tools = tools;
  }

  @Override
  public <T> T readValue(String content, Class<T> type) throws IOException {
    return mapper.readValue(content, type);
  }

  @Override
  public <T> T readValue(byte[] content, Class<T> type) throws IOException {
    return mapper.readValue(content, type);
  }

  @Override
  public <T> T readValue(String content, TypeRef<T> type) throws IOException {
    return mapper.readValue(content, type);
  }

  @Override
  public <T> T readValue(byte[] content, TypeRef<T> type) throws IOException {
    return mapper.readValue(content, type);
  }

  @Override
  public <T> T convertValue(Object value, Class<T> type) {
    requirePresent(value, type);
    try {
      return known(mapper.convertValue(value, type));
    } catch (JacksonException | IllegalArgumentException wrong) {
      throw invalid(wrong);
    }
  }

  @Override
  public <T> T convertValue(Object value, TypeRef<T> type) {
    requirePresent(value, type.getType());
    try {
      return known(mapper.convertValue(value, type));
    } catch (JacksonException | IllegalArgumentException wrong) {
      throw invalid(wrong);
    }
  }

  @Override
  public String writeValueAsString(Object value) throws IOException {
    return mapper.writeValueAsString(value);
  }

  @Override
  public byte[] writeValueAsBytes(Object value) throws IOException {
    return mapper.writeValueAsBytes(value);
  }

  /// Only the lists can do without parameters.
  private static void requirePresent(@Nullable Object value, Type type) {
    if (value == null && type != McpSchema.PaginatedRequest.class) {
      throw McpError.builder(McpSchema.ErrorCodes.INVALID_PARAMS)
          .message("Invalid params: `params` is missing")
          .build();
    }
  }

  private <T> T known(T converted) {
    if (converted instanceof McpSchema.CallToolRequest call) {
      tools
          .unknown(call.name())
          .ifPresent(reason -> {
            throw McpError.builder(McpSchema.ErrorCodes.INVALID_PARAMS).message(reason).build();
          });
    }
    return converted;
  }

  private static McpError invalid(RuntimeException wrong) {
    String reason =
        wrong instanceof JacksonException jackson
            ? jackson.getOriginalMessage()
            : String.valueOf(wrong.getMessage());
    return McpError.builder(McpSchema.ErrorCodes.INVALID_PARAMS)
        .message("Invalid params: " + reason)
        .build();
  }
}
