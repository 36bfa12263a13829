package dev.floe.http.connection;

import java.util.List;
import java.util.regex.Pattern;

/** How large the body of a request may be, by where it goes; known before a byte of it is read. */
final class BodyLimits {

  private static final int KIB = 1024;

  /**
   * One kind of body.
   *
   * @param streamed whether it is taken in as it comes, so that its route counts the bytes
   */
  record Limit(Pattern request, long bytes, boolean streamed) {}

  /** What a command or a question takes: a command record on Kafka is no larger either. */
  private static final Limit ORDINARY = new Limit(Pattern.compile(".*"), 64 * KIB, false);

  private static final List<Limit> OTHERS =
      List.of(
          limit("(PUT|POST|PATCH) /v2/.*", Long.MAX_VALUE, true),
          limit("PUT /api/v1/artifacts/[^/]+/versions/[^/]+/files", Long.MAX_VALUE, true),
          limit("PUT /api/v1/manifest", 4 * KIB * KIB, false),
          limit("(PUT|POST) /schema-registry/.*", 256 * KIB, false));

  private BodyLimits() {}

  /** The limit for a request to {@code path}, which is taken as it was sent. */
  static Limit of(String method, String path) {
    String request = method + " " + path;
    return OTHERS.stream()
        .filter(limit -> limit.request().matcher(request).matches())
        .findFirst()
        .orElse(ORDINARY);
  }

  private static Limit limit(String request, long bytes, boolean streamed) {
    return new Limit(Pattern.compile(request), bytes, streamed);
  }
}
