package dev.floe.cli.client;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request, the same however often it is sent.
 *
 * @param headers each with all its values
 */
record Call(
    String method, String path, Map<String, List<String>> headers, @Nullable Payload payload) {

  static Call get(String path, String position) {
    return new Call(
        "GET",
        path,
        position.isEmpty() ? Map.of() : Map.of("Floe-Position", List.of(position)),
        null);
  }

  /** A change under {@code key}: sent again with the same key it is still one change. */
  static Call change(
      String method, String path, String key, Payload payload, Map<String, List<String>> headers) {
    Map<String, List<String>> all = new LinkedHashMap<>(headers);
    all.put("Idempotency-Key", List.of(key));
    return new Call(method, path, all, payload);
  }
}
