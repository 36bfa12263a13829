package dev.floe.audit.adapter.http;

import dev.floe.audit.adapter.postgres.Database;
import dev.floe.http.Problem;
import dev.floe.http.ProblemException;
import dev.floe.http.ProblemSource;
import dev.floe.manifest.ProblemCode;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;

/** A read while PostgreSQL is away was asked too early; nothing unexpected happened. */
@Singleton
final class DatabaseAway implements ProblemSource {

  @Override
  public Optional<ProblemException> of(Throwable thrown) {
    return Database.isAway(thrown)
        ? Optional.of(
            new ProblemException(
                Problem.of(
                    ProblemCode.NOT_READY,
                    "PostgreSQL does not answer, and reads come from there.",
                    "Ask again in a moment; `floe doctor` tells how it stands."),
                Map.of("Retry-After", "2")))
        : Optional.empty();
  }
}
