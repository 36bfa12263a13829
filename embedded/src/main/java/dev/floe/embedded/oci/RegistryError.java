package dev.floe.embedded.oci;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A request that gets an error of distribution-spec for an answer. */
final class RegistryError extends RuntimeException {

  private static final JsonMapper JSON = new JsonMapper();

  private final transient Response response;

  private RegistryError(Response response) {
    super("HTTP " + response.status(), null, false, false);
    this.response = response;
  }

  static Response answer(int status, String code, String message) {
    return answer(status, code, message, Map.of());
  }

  static Response answer(int status, String code, String message, Object detail) {
    var error = new LinkedHashMap<String, Object>();
    error.put("code", code);
    error.put("message", message);
    error.put("detail", detail);
    String body = JSON.valueToTree(Map.of("errors", List.of(error))).toString();
    return Response.of(status)
        .carrying("application/json", Body.of(body.getBytes(StandardCharsets.UTF_8)));
  }

  static RegistryError of(Response response) {
    return new RegistryError(response);
  }

  static RegistryError of(int status, String code, String message) {
    return of(answer(status, code, message));
  }

  static RegistryError badRequest(String message) {
    return of(400, "UNSUPPORTED", message);
  }

  static RegistryError badDigest(String text) {
    return of(
        answer(
            400,
            "DIGEST_INVALID",
            "a digest is sha256:<64 hex> or sha512:<128 hex>, in lower case",
            Map.of("digest", text)));
  }

  Response response() {
    return response;
  }
}
