package dev.floe.local;

import dev.floe.embedded.postgres.PostgresServer;
import dev.floe.http.ReadinessCheck;
import dev.floe.kernel.Trouble;
import java.util.List;

/** Whether PostgreSQL's process lives. */
record DatabaseCheck(PostgresServer postgres) implements ReadinessCheck {

  @Override
  public String name() {
    return "postgresql";
  }

  @Override
  public boolean isReady() {
    return postgres.trouble().isEmpty();
  }

  @Override
  public List<Trouble> troubles() {
    return postgres.trouble().stream()
        .map(
            what ->
                new Trouble(
                    what,
                    postgres.folder().toString(),
                    "It is started again by itself; %s tells why it does not stay."
                        .formatted(postgres.folder().resolve("server.log"))))
        .toList();
  }
}
