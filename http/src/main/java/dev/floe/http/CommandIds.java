package dev.floe.http;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.floe.kernel.Actor;
import dev.floe.kernel.Asked;
import dev.floe.manifest.Name;
import dev.floe.manifest.ProblemCode;
import io.micronaut.http.HttpRequest;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives each request the id of the command it becomes: the same {@code Idempotency-Key} from the
 * same person on the same path is the same command.
 *
 * <p>That a key comes back with another body is noticed for the last 10,000 keys of this process;
 * after that the first command's answer is given.
 */
@Singleton
public final class CommandIds {

  private static final int REMEMBERED = 10_000;

  private final Map<String, Integer> bodies =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
              return size() > REMEMBERED;
            }
          });

  /**
   * What {@code actor} asks of {@code subject} with {@code request}, whose body is {@code body}.
   */
  public <C> Asked<C> asked(
      HttpRequest<?> request, Actor actor, String subject, Object body, C command) {
    return new Asked<>(
        of(request, actor, body),
        subject,
        Instant.EPOCH,
        actor,
        request.getHeaders().get("traceparent"),
        command);
  }

  /** The id of the command that {@code request} by {@code actor} with {@code body} becomes. */
  public String of(HttpRequest<?> request, Actor actor, Object body) {
    List<String> keys = request.getHeaders().getAll("Idempotency-Key");
    if (keys.isEmpty()) {
      return UuidCreator.getTimeOrderedEpoch().toString();
    }
    String key = Name.IDEMPOTENCY_KEY.checked(String.join(",", keys));
    String name =
        String.join(
            "\n",
            actor.kind().authType(),
            actor.name(),
            request.getMethodName(),
            request.getPath(),
            key);
    String id = UuidCreator.getNameBasedSha1(name).toString();
    Integer before = bodies.putIfAbsent(id, body.hashCode());
    if (before != null && before != body.hashCode()) {
      throw new ProblemException(
          ProblemCode.IDEMPOTENCY_KEY_REUSED,
          "Idempotency-Key '%s' was already used for another request.".formatted(key),
          "Use a new key for a new request; repeat a key only with the same body.");
    }
    return id;
  }
}
