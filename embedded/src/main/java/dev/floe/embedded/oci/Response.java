package dev.floe.embedded.oci;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An HTTP response to be sent as it is.
 *
 * @param headers include {@code Content-Length}, also where the body of a HEAD is left out
 */
public record Response(int status, Map<String, String> headers, Body body) {

  public Response {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  static Response of(int status) {
    return new Response(status, Map.of(), Body.NONE);
  }

  Response with(String name, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Response(status, more, body);
  }

  Response carrying(String contentType, Body content) {
    return new Response(status, headers, content).with("Content-Type", contentType);
  }

  /** As a client that sent {@code method} must see it. */
  Response finished(String method) {
    Response versioned = with("Docker-Distribution-API-Version", "registry/2.0");
    if (status == 204 || status == 304) {
      return versioned;
    }
    Response counted = versioned.with("Content-Length", Long.toString(body.length()));
    return method.equals("HEAD") ? new Response(status, counted.headers, Body.NONE) : counted;
  }
}
