package dev.floe.oci.http;

import dev.floe.oci.BlobSource;
import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One request as we mean it, before anybody has signed in or been redirected.
 *
 * @param action what it is for, as the rest of "tried to …"
 * @param scope what the registry must allow for it
 * @param accepted the statuses that are answers; every other one is a failure
 */
record Call(
    String method,
    URI uri,
    Map<String, String> headers,
    Body body,
    String action,
    Scope scope,
    Set<Integer> accepted) {

  /** What is sent along. */
  sealed interface Body {
    record None() implements Body {}

    /** What is small enough to be kept. */
    final class Bytes implements Body {
      private final byte[] bytes;

      Bytes(byte[] bytes) {
        this.bytes = bytes;
      }

      byte[] bytes() {
        return bytes;
      }
    }

    /** A blob, opened for every attempt. */
    record Stream(BlobSource source, long size) implements Body {}
  }

  static final Body NONE = new Body.None();

  /** What a HEAD may be answered with; some registries refuse that method, and no other. */
  static final int[] LOOKED = {200, 404, 400, 403, 405, 406, 501};

  static Call of(String method, URI uri, String action, Scope scope, int... accepted) {
    Set<Integer> statuses = Arrays.stream(accepted).boxed().collect(Collectors.toSet());
    return new Call(method, uri, Map.of(), NONE, action, scope, statuses);
  }

  Call with(Map<String, String> others) {
    return new Call(method, uri, others, body, action, scope, accepted);
  }

  Call sending(Body other) {
    return new Call(method, uri, headers, other, action, scope, accepted);
  }

  Call to(URI other) {
    return new Call(method, other, headers, body, action, scope, accepted);
  }

  boolean accepts(int status) {
    return accepted.contains(status);
  }

  boolean followsRedirects() {
    return method.equals("GET") || method.equals("HEAD");
  }

  /** Whether it carries a blob, and so may take long; see {@link HttpSettings}. */
  boolean isTransfer() {
    return body instanceof Body.Stream || action.startsWith("read blob");
  }
}
