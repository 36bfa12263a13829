package dev.floe.promotion.adapter;

import dev.floe.embedded.folder.TemporaryFolder;
import dev.floe.embedded.oci.OciRegistryServer;
import dev.floe.http.Authenticator;
import dev.floe.kernel.Actor;
import dev.floe.manifest.Digest;
import dev.floe.manifest.RegistryAccess;
import dev.floe.manifest.RegistryUrl;
import dev.floe.messaging.Bus;
import dev.floe.messaging.feed.ManifestFeed;
import dev.floe.oci.Descriptor;
import dev.floe.oci.RawManifest;
import dev.floe.oci.connect.Registries;
import dev.floe.promotion.PromotionService;
import dev.floe.promotion.adapter.file.ManifestFiles;
import dev.floe.promotion.adapter.registry.FirstEnvironment;
import dev.floe.promotion.application.ManifestDesk.Deployment;
import dev.floe.promotion.application.Publications;
import dev.floe.schemas.Topics;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.awaitility.Awaitility;

/** The promotion service as it runs: real broker, real registry, real HTTP; tokens are names. */
public final class Running implements AutoCloseable {

  public static final String ARTIFACT = "floe-platform";
  public static final String OWNER = "olga@acme.com";

  private final Path folder = TemporaryFolder.create("floe-promotion");
  private final Registries registries = Registries.withDefaults();
  private final HttpClient client = HttpClient.newHttpClient();
  private final OciRegistryServer oci;
  private final Bus bus;
  private final ManifestFeed feed;
  private final PromotionService service;
  private final EmbeddedServer server;

  public Running() throws IOException, InterruptedException {
    oci = OciRegistryServer.start(folder.resolve("oci"));
    bus = Broker.get().bus();
    feed = ManifestFeed.start(bus, PromotionService.NAME);
    service =
        PromotionService.start(
            bus,
            Broker.security(PromotionService.NAME, Topics.PROMOTION_COMMANDS),
            feed,
            new Deployment(OWNER, new ManifestFiles(manifests()), manifest -> manifest),
            InstantSource.system());
    Authenticator names = Actor::user;
    Publications publications = new FirstEnvironment(registries);
    InstantSource clock = InstantSource.system();
    var context =
        ApplicationContext.builder(
                Map.of("micronaut.server.port", -1, "micronaut.server.host", "127.0.0.1"))
            .build();
    context.registerSingleton(Authenticator.class, names);
    context.registerSingleton(PromotionService.class, service);
    context.registerSingleton(Publications.class, publications);
    context.registerSingleton(InstantSource.class, clock);
    context.start();
    server = context.getBean(EmbeddedServer.class).start();
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(service::takesManifests);
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(service.journal()::isReady);
  }

  public Bus bus() {
    return bus;
  }

  public PromotionService service() {
    return service;
  }

  public Path manifests() {
    return folder.resolve("manifests");
  }

  public String registryHost() {
    return oci.host();
  }

  /** Three environments on the one registry, with the same gate before each step. */
  public String manifest() {
    return """
        artifact: floe-platform
        environments:
          dev: {registry: "oci://HOST/dev"}
          staging: {registry: "oci://HOST/staging"}
          prod:
            registry: oci://HOST/prod
            approval_teams: [platform-leads]
        teams:
          platform-leads: {members: [ada@acme.com, ben@acme.com]}
        access: {configure: [olga@acme.com], override: [olga@acme.com]}
        promotion:
          path: dev → staging → prod
          validation_gates: [policy_compliance]
        """
        .replace("HOST", oci.host());
  }

  /** Pushes something new under {@code tag} into dev, as any OCI client would. */
  public Digest pushed(String tag) {
    byte[] layer = ("content of " + tag).getBytes(StandardCharsets.UTF_8);
    var blob = new Descriptor("text/plain", Digest.sha256(layer), layer.length);
    String json =
        """
        {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",\
        "config":{"mediaType":"text/plain","digest":"%1$s","size":%2$d},\
        "layers":[{"mediaType":"text/plain","digest":"%1$s","size":%2$d}]}"""
            .formatted(blob.digest(), layer.length);
    var manifest =
        RawManifest.of(
            json.getBytes(StandardCharsets.UTF_8), "application/vnd.oci.image.manifest.v1+json");
    var dev =
        registries.repository(
            RegistryUrl.parse("oci://" + oci.host() + "/dev"),
            ARTIFACT,
            RegistryAccess.anonymous());
    dev.putBlob(blob, () -> new ByteArrayInputStream(layer));
    dev.tag(tag, manifest);
    return manifest.digest();
  }

  public Reply post(String path, String user, String json, String... headers)
      throws IOException, InterruptedException {
    return send("POST", path, user, "application/json", json, headers);
  }

  public Reply put(String path, String user, String yaml, String... headers)
      throws IOException, InterruptedException {
    return send("PUT", path, user, "application/yaml", yaml, headers);
  }

  private Reply send(
      String method, String path, String user, String type, String body, String... headers)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(server.getURL() + path))
            .timeout(Duration.ofSeconds(30))
            .header("Authorization", "Bearer " + user)
            .header("Content-Type", type)
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return Reply.of(client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
  }

  @Override
  public void close() {
    server.close();
    service.close();
    feed.close();
    bus.close();
    oci.close();
    client.close();
    TemporaryFolder.delete(folder);
  }
}
