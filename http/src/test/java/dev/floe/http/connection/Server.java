package dev.floe.http.connection;

import dev.floe.http.Authenticator;
import dev.floe.http.ProblemException;
import dev.floe.kernel.Actor;
import dev.floe.manifest.ProblemCode;
import io.micronaut.context.ApplicationContext;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/** A server with a few routes of every kind, and limits that a test can reach. */
final class Server implements AutoCloseable {

  private final ApplicationContext context;
  private final EmbeddedServer server;

  Server(Map<String, Object> limits) {
    Map<String, Object> properties = new HashMap<>(limits);
    properties.put("micronaut.server.port", -1);
    properties.put("micronaut.server.host", "127.0.0.1");
    properties.put("micronaut.server.max-request-size", "1000GB");
    properties.put("floe.hosts", "floe.acme.com");
    context = ApplicationContext.builder().properties(properties).singletons(new Names()).start();
    server = context.getBean(EmbeddedServer.class).start();
  }

  int port() {
    return server.getPort();
  }

  Wire wire() throws IOException {
    return new Wire(port());
  }

  @Override
  public void close() {
    server.close();
    context.close();
  }

  private static final class Names implements Authenticator {
    @Override
    public Actor authenticate(String token) {
      if (!token.contains("@")) {
        throw new ProblemException(ProblemCode.NOT_AUTHENTICATED, "Nobody.", "Sign in.");
      }
      return Actor.user(token);
    }
  }

  @Controller
  static final class Routes {

    /** More than the kernel's buffers of both ends hold. */
    private static final byte[] MUCH = new byte[16 * 1024 * 1024];

    @Get("/hello")
    String hello() {
      return "hello";
    }

    @Get("/much")
    byte[] much() {
      return MUCH;
    }

    @Post("/echo")
    @Consumes("*/*")
    int echo(@Body byte[] body) {
      return body.length;
    }

    @Post("/api/v1/echo")
    @Consumes("*/*")
    int signedIn(@Body byte[] body) {
      return body.length;
    }

    @Put("/api/v1/artifacts/{artifact}/versions/{version}/files")
    @Consumes("*/*")
    @ExecuteOn(TaskExecutors.BLOCKING)
    long files(String artifact, String version, @Body InputStream body) throws IOException {
      return body.transferTo(java.io.OutputStream.nullOutputStream());
    }
  }
}
