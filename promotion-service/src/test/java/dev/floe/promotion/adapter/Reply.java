package dev.floe.promotion.adapter;

import dev.floe.oci.json.Json;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;

/** An answer over HTTP, read. */
public record Reply(int status, Json body, java.net.http.HttpHeaders headers) {

  static Reply of(HttpResponse<byte[]> response) {
    return new Reply(response.statusCode(), Json.read(response.body()), response.headers());
  }

  public String text(String name) {
    return body.text(name).orElse("");
  }

  public List<String> texts(String list, String name) {
    return body.elements(list).stream().map(one -> one.text(name).orElse("")).toList();
  }

  public Optional<String> header(String name) {
    return headers.firstValue(name);
  }
}
