package dev.floe.local;

import dev.floe.oci.json.Json;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;

/** An answer over HTTP, read as JSON. */
record Reply(int status, Json body, HttpHeaders headers) {

  static Reply of(HttpResponse<byte[]> response) {
    byte[] bytes = response.body();
    Json body = bytes.length == 0 ? new Json.Nothing() : Json.read(bytes);
    return new Reply(response.statusCode(), body, response.headers());
  }

  String text(String name) {
    return body.text(name).orElse("");
  }

  List<String> texts(String list, String name) {
    return body.elements(list).stream().map(one -> one.text(name).orElse("")).toList();
  }

  /** The code of a problem; empty where there is none. */
  String code() {
    return text("code");
  }

  long exitCode() {
    return body.whole("exitCode").orElse(0);
  }

  Optional<String> header(String name) {
    return headers.firstValue(name);
  }
}
