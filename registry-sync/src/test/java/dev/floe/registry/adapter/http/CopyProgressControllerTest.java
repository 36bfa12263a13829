package dev.floe.registry.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.access.AccessRules;
import dev.floe.http.Authenticator;
import dev.floe.kernel.Actor;
import dev.floe.manifest.Digest;
import dev.floe.manifest.ManifestParser;
import dev.floe.manifest.SampleManifest;
import dev.floe.oci.json.Json;
import dev.floe.registry.application.CopyReads;
import dev.floe.registry.application.CopyTally;
import dev.floe.registry.application.CopyWatch;
import dev.floe.registry.application.PromotionCopies;
import dev.floe.registry.domain.RegistryTarget;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class CopyProgressControllerTest {

  private static final Digest BLOB = Digest.parse("sha256:" + "1".repeat(64));
  private static final RegistryTarget MAIN = new RegistryTarget("primary", "oci://127.0.0.1/a");
  private static final RegistryTarget SPARE = new RegistryTarget("secondary", "oci://127.0.0.1/b");
  private static final String JSON = "application/json";
  private static final String STREAM = "text/event-stream";

  private final CopyWatch watch = new CopyWatch();
  private final ApplicationContext context =
      ApplicationContext.builder()
          .properties(Map.of("micronaut.server.port", -1, "micronaut.server.host", "127.0.0.1"))
          .singletons(new CopyReads(watch, CopyProgressControllerTest::rules), names())
          .start();
  private final EmbeddedServer server = context.getBean(EmbeddedServer.class).start();
  private final HttpClient client = HttpClient.newHttpClient();

  private static AccessRules rules() {
    return AccessRules.of(
        ManifestParser.parse(SampleManifest.yaml(8080), "manifest.yaml").orThrow());
  }

  private static Authenticator names() {
    return token ->
        token.startsWith("signer:")
            ? new Actor(Actor.Kind.SIGNER, token, Set.of())
            : Actor.user(token);
  }

  @AfterEach
  void stop() {
    client.shutdownNow();
    server.close();
    context.close();
  }

  @Test
  void shows_every_registry_of_a_copy_under_way_as_one_document() throws Exception {
    try (PromotionCopies copies = watch.begin("req-1", List.of(MAIN, SPARE))) {
      copies.to(MAIN).planned(1_000);
      copies.to(MAIN).moved(BLOB, 312);

      Json shown =
          Json.read(ask("req-1", "dana@acme.com", JSON, BodyHandlers.ofByteArray()).body());

      assertThat(finished(shown)).isFalse();
      Json main = shown.elements("registries").getFirst();
      assertThat(main.text("promotion")).contains("req-1");
      assertThat(main.text("registry")).contains("oci://127.0.0.1/a");
      assertThat(main.text("role")).contains("primary");
      assertThat(main.whole("bytes")).hasValue(312);
      assertThat(main.whole("total")).hasValue(1_000);
      assertThat(main.whole("blobs")).hasValue(0);
      assertThat(shown.elements("registries").getLast().text("role")).contains("secondary");
    }
  }

  @Test
  void streams_what_changes_until_the_copy_is_over() throws Exception {
    PromotionCopies copies = watch.begin("req-1", List.of(MAIN));
    CopyTally main = copies.to(MAIN);
    main.planned(1_000);
    HttpResponse<InputStream> answer =
        ask("req-1", "dana@acme.com", STREAM, BodyHandlers.ofInputStream());
    assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith(STREAM);
    try (var lines = lines(answer.body())) {
      assertThat(next(lines).whole("bytes")).hasValue(0);
      main.moved(BLOB, 500);
      assertThat(next(lines).whole("bytes")).hasValue(500);
      main.arrived(BLOB, 1_000);
      copies.close();

      Json last = next(lines);
      while (!finished(last)) {
        last = next(lines);
      }
      assertThat(last.whole("bytes")).hasValue(1_000);
      assertThat(lines.lines().filter(line -> !line.isEmpty())).isEmpty();
    }
  }

  @Test
  void answers_that_nothing_is_copied_where_it_knows_nothing() throws Exception {
    var document = ask("req-none", "dana@acme.com", JSON, BodyHandlers.ofString());
    var stream = ask("req-none", "dana@acme.com", "*/*", BodyHandlers.ofString());

    assertThat(document.statusCode()).isEqualTo(200);
    assertThat(document.body()).isEqualTo("{\"promotion\":\"req-none\",\"finished\":true}");
    assertThat(stream.statusCode()).isEqualTo(200);
    assertThat(stream.body())
        .contains("event: progress\n")
        .containsOnlyOnce("data: ")
        .contains("\"finished\":true");
  }

  @Test
  void is_for_those_who_may_read() throws Exception {
    assertThat(ask("req-1", "", JSON, BodyHandlers.ofString()).statusCode()).isEqualTo(401);
    assertThat(ask("req-1", "signer:x", JSON, BodyHandlers.ofString()).statusCode()).isEqualTo(403);
  }

  private static boolean finished(Json progress) {
    return progress.member("finished").equals(Optional.of(new Json.Flag(true)));
  }

  private static BufferedReader lines(InputStream body) {
    return new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
  }

  /** The data of the next event, whose name is the line before. */
  private static Json next(BufferedReader lines) throws IOException {
    String name = "";
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("event: ")) {
        name = line.substring(7);
      } else if (line.startsWith("data: ")) {
        assertThat(name).isEqualTo("progress");
        return Json.read(line.substring(6).getBytes(StandardCharsets.UTF_8));
      }
    }
    throw new AssertionError("the stream ended");
  }

  private <T> HttpResponse<T> ask(
      String id, String user, String accept, HttpResponse.BodyHandler<T> body) throws Exception {
    var uri = server.getURI().resolve("/api/v1/promotions/%s/progress".formatted(id));
    var request = HttpRequest.newBuilder(uri).header("Accept", accept);
    if (!user.isEmpty()) {
      request.header("Authorization", "Bearer " + user);
    }
    return client.send(request.build(), body);
  }
}
