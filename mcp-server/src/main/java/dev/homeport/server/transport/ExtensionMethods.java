package dev.homeport.server.transport;

import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import java.util.Optional;

/// Methods that the SDK does not know, for extensions of the protocol.
///
/// The SDK (2.1.0) keeps its table of methods to itself, so each transport of ours asks here before
/// it gives a request to the SDK. To be deleted when the SDK takes custom methods (java-sdk#1140).
/// Called on the thread that brings the request; thread-safe.
@FunctionalInterface
public interface ExtensionMethods {
  /// No methods.
  ExtensionMethods NONE = _ -> Optional.empty();

  /// The answer to a request; empty if it is for the SDK.
  Optional<JSONRPCResponse> answer(JSONRPCRequest request);

  /// These methods, and those of another extension.
  default ExtensionMethods and(ExtensionMethods other) {
    return request -> answer(request).or(() -> other.answer(request));
  }
}
