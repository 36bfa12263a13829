package dev.floe.cli.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Builds a path with parameters; what has no value is left out. */
public final class Query {

  private final StringBuilder text;
  private char separator = '?';

  private Query(String path) {
    this.text = new StringBuilder(path);
  }

  /** The path {@code /api/v1/…} of these parts, each encoded. */
  public static Query of(String... parts) {
    StringBuilder path = new StringBuilder("/api/v1");
    Arrays.stream(parts).forEach(part -> path.append('/').append(encode(part)));
    return new Query(path.toString());
  }

  /** A parameter, unless its value is empty. */
  public Query with(String name, String value) {
    if (!value.isEmpty()) {
      text.append(separator).append(name).append('=').append(encode(value));
      separator = '&';
    }
    return this;
  }

  @Override
  public String toString() {
    return text.toString();
  }

  private static String encode(String word) {
    return URLEncoder.encode(word, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
