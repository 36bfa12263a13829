package dev.floe.messaging.journal;

import dev.floe.kernel.Refusal;
import java.util.List;
import java.util.Optional;

/** What the envelope and the answers have to know of a service's events. */
public interface About<E> {

  /** {@code ce_subject}: the promotion's id, else {@code <artifact>/<env>}, else the artifact. */
  String subject(String key, E event);

  /** {@code ce_correlationid}: the promotion's id, where there is one. */
  Optional<String> correlation(E event);

  /** The reasons in a refusal's fact; empty for every other event. */
  List<Refusal> because(E event);
}
