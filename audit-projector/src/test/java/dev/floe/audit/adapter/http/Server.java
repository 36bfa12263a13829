package dev.floe.audit.adapter.http;

import dev.floe.audit.Postgres;
import dev.floe.audit.ProjectorService;
import dev.floe.audit.Stage;
import dev.floe.http.Authenticator;
import dev.floe.http.ProblemException;
import dev.floe.kernel.Actor;
import dev.floe.manifest.ProblemCode;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.Map;
import java.util.Set;

/** The reads behind a real HTTP server; a token is the name of who holds it. */
final class Server implements AutoCloseable {

  private final ProjectorService projector;
  private final ApplicationContext context;
  private final EmbeddedServer server;

  Server(String schema) {
    projector = Stage.get().projector(Postgres.fresh(schema));
    context =
        ApplicationContext.builder()
            .properties(Map.of("micronaut.server.port", -1, "micronaut.server.host", "127.0.0.1"))
            .singletons(projector, new Names())
            .start();
    server = context.getBean(EmbeddedServer.class).start();
  }

  private static final class Names implements Authenticator {
    @Override
    public Actor authenticate(String token) {
      if (token.startsWith("signer:")) {
        return new Actor(Actor.Kind.SIGNER, token, Set.of());
      }
      if (!token.contains("@")) {
        throw new ProblemException(
            ProblemCode.NOT_AUTHENTICATED, "The token proves nobody.", "Sign in.");
      }
      return Actor.user(token);
    }
  }

  ProjectorService projector() {
    return projector;
  }

  Client client() {
    return new Client(server.getURI());
  }

  @Override
  public void close() {
    server.close();
    context.close();
    projector.close();
  }
}
