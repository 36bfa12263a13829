package dev.floe.oci.http;

import dev.floe.oci.json.Json;
import dev.floe.oci.json.JsonException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;

/**
 * Remembers for a short while that a registry does not have the referrers API for a repository. It
 * may get it any time, by an upgrade: what somebody stores through it in the rest of that while is
 * overlooked, and found when the while is over.
 */
final class MissingEndpoint {

  static final Duration BELIEVED = Duration.ofSeconds(30);

  private static final int MOST = 10_000;

  private final LongSupplier nanos;
  private final ConcurrentMap<String, Long> missedAt = new ConcurrentHashMap<>();

  MissingEndpoint(LongSupplier nanos) {
    this.nanos = nanos;
  }

  boolean isMissing(String repository) {
    Long since = missedAt.get(repository);
    return since != null && nanos.getAsLong() - since < BELIEVED.toNanos();
  }

  /** Believes it if this answer leaves no doubt: a repository may be unknown just now, too. */
  void learn(String repository, int status, byte[] body) {
    if (status == 404 && speaksOfTheEndpoint(body)) {
      if (missedAt.size() >= MOST) {
        missedAt.clear();
      }
      missedAt.put(repository, nanos.getAsLong());
    }
  }

  /** It is there: the registry has said so. */
  void forget(String repository) {
    missedAt.remove(repository);
  }

  /** Who knows the path answers with an error of the API: one about names, or about this. */
  private static boolean speaksOfTheEndpoint(byte[] body) {
    try {
      List<Json> errors = Json.read(body).elements("errors");
      return errors.isEmpty()
          || errors.getFirst().text("code").filter("UNSUPPORTED"::equals).isPresent();
    } catch (JsonException _) {
      return true;
    }
  }
}
