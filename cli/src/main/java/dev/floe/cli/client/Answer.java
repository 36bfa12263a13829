package dev.floe.cli.client;

import dev.floe.cli.document.Doc;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What came back.
 *
 * @param headers by name, whatever its case
 */
public record Answer(int status, Doc body, Map<String, String> headers) {

  public Answer {
    Map<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    sorted.putAll(headers);
    headers = sorted;
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  boolean ok() {
    return status >= 200 && status < 300;
  }
}
