package dev.floe.oci.http;

import dev.floe.oci.BlobSource;
import java.net.URI;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
    int... accepted) {

  /** What is sent along. */
  sealed interface Body {
    record None() implements Body {}

    record Bytes(byte[] bytes) implements Body {}

    /** A blob, opened for every attempt. */
    record Stream(BlobSource source, long size) implements Body {}
  }

  static final Body NONE = new Body.None();

  static Call of(String method, URI uri, String action, Scope scope, int... accepted) {
    return new Call(method, uri, Map.of(), NONE, action, scope, accepted);
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
    return Arrays.stream(accepted).anyMatch(each -> each == status);
  }

  boolean followsRedirects() {
    return method.equals("GET") || method.equals("HEAD");
  }

  /** Whether it carries a blob, and so may take long; see {@link HttpSettings}. */
  boolean isTransfer() {
    return body instanceof Body.Stream || action.startsWith("read blob");
  }

  @Nullable String header(String name) {
    return headers.get(name);
  }
}
