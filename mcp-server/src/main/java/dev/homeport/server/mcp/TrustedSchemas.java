package dev.homeport.server.mcp;

import io.modelcontextprotocol.json.schema.JsonSchemaValidator;
import java.util.Map;

/// Finds everything valid: arguments are checked when they are bound, and structured results are
/// made from the records that their schemas come from. Saves the loading of a validator at start.
final class TrustedSchemas implements JsonSchemaValidator {
  @Override
  public ValidationResponse validate(Map<String, Object> schema, Object value) {
    return ValidationResponse.asValid("");
  }
}
