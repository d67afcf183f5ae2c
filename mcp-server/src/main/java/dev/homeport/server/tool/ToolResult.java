package dev.homeport.server.tool;

import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a tool answers. Immutable.
///
/// @param text what the model reads; empty only if there are images
/// @param images pictures after the text
/// @param structured small structured data that says the same as the text; must be of the record
///   that the tool's [ResultType] names
/// @param meta facts for programs (positions, totals), sent in `_meta` under `dev.homeport/`
/// @param isError whether the agent has something to repair
public record ToolResult(
    String text,
    List<Image> images,
    Optional<Record> structured,
    Map<String, Object> meta,
    boolean isError) {

  /// A picture.
  ///
  /// @param data its bytes in base64
  /// @param mediaType such as `image/png`
  public record Image(String data, String mediaType) {
    /// A picture from its bytes.
    public static Image of(byte[] bytes, String mediaType) {
      return new Image(Base64.getEncoder().encodeToString(bytes), mediaType);
    }
  }

  /// Copies the collections.
  public ToolResult {
    images = List.copyOf(images);
    meta = Map.copyOf(meta);
  }

  /// Plain text.
  public static ToolResult text(String text) {
    return new ToolResult(text, List.of(), Optional.empty(), Map.of(), false);
  }

  /// Something the agent can repair: what happened, what the state is now, what to call next.
  public static ToolResult error(String text) {
    return new ToolResult(text, List.of(), Optional.empty(), Map.of(), true);
  }

  /// Small structured data, and a text that says the same.
  public static ToolResult structured(String text, Record value) {
    return new ToolResult(text, List.of(), Optional.of(value), Map.of(), false);
  }

  /// This result with one more fact for programs.
  ///
  /// @param key without the prefix `dev.homeport/`
  /// @param value a JSON value: string, number, boolean, list or map of these
  public ToolResult withMeta(String key, Object value) {
    var more = new LinkedHashMap<>(meta);
    more.put(key, value);
    return new ToolResult(text, images, structured, more, isError);
  }

  /// This result with pictures after the text.
  public ToolResult withImages(Image... pictures) {
    return new ToolResult(text, Arrays.asList(pictures), structured, meta, isError);
  }

  /// This result with another text.
  public ToolResult withText(String other) {
    return new ToolResult(other, images, structured, meta, isError);
  }
}
