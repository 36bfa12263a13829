package dev.floe.local;

import dev.floe.access.AccessRules;
import dev.floe.audit.ProjectorService;
import dev.floe.audit.adapter.postgres.Database;
import dev.floe.embedded.folder.DataFolder;
import dev.floe.embedded.folder.LoopbackPort;
import dev.floe.embedded.oci.OciRegistry;
import dev.floe.embedded.oci.WritePolicy;
import dev.floe.http.ReadinessCheck;
import dev.floe.kernel.Journal;
import dev.floe.local.adapter.http.BrowserTokens;
import dev.floe.manifest.SampleManifest;
import dev.floe.messaging.Ids;
import dev.floe.promotion.adapter.registry.FirstEnvironment;
import dev.floe.promotion.application.ManifestDesk;
import dev.floe.promotion.application.ManifestDesk.Offer;
import dev.floe.promotion.application.ManifestDesk.Outcome;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The whole system in this JVM, on one data folder and one port. What it acknowledged is there
 * again after any end, and unfinished work goes on.
 */
public final class FloeSystem implements AutoCloseable {

  private static final Duration LONGEST_START = Duration.ofMinutes(2);

  /**
   * How to start.
   *
   * @param data the folder for everything that is kept
   * @param port of HTTP, on the loopback interface
   * @param manifest a file that is applied at the start and whenever it changes; null for the
   *     sample, applied once
   * @param startedBy who has the rights of the one who started an embedded system
   */
  public record Settings(Path data, int port, @Nullable Path manifest, String startedBy) {}

  private final Settings settings;
  private final DataFolder folder;
  private final Infrastructure infrastructure;
  private final Services services;
  private final ProjectorService projector;
  private final ApplicationContext http;

  private FloeSystem(
      Settings settings,
      DataFolder folder,
      Infrastructure infrastructure,
      Services services,
      ProjectorService projector,
      ApplicationContext http) {
    this.settings = settings;
    this.folder = folder;
    this.infrastructure = infrastructure;
    this.services = services;
    this.projector = projector;
    this.http = http;
  }

  /**
   * Starts everything and returns when every service accepts work.
   *
   * @throws dev.floe.embedded.folder.CannotStartException when the folder or the port is taken
   */
  public static FloeSystem start(Settings settings) throws InterruptedException {
    DataFolder folder = DataFolder.lock(settings.data(), "floe");
    Closer closer = new Closer();
    closer.add(folder);
    try {
      LoopbackPort.requireFree(settings.port(), "floe");
      var clock = InstantSource.system();
      var infrastructure = closer.add(Infrastructure.start(folder));
      String host = "127.0.0.1:" + settings.port();
      String registrySecret = folder.secret("registry.secret");
      var around = Services.Surroundings.of(settings, host, registrySecret);
      var services =
          closer.add(Services.start(infrastructure.bus(), settings.data(), around, clock));
      services.feed().listen(revision -> infrastructure.openReplyTopics(revision.manifest()));
      var projector = closer.add(projector(infrastructure, services, clock));
      var http =
          closer.add(http(settings, infrastructure, services, projector, registrySecret, clock));
      services.open(http.getBean(OciRegistry.class));
      var system = new FloeSystem(settings, folder, infrastructure, services, projector, http);
      system.applyManifest();
      system.await("every service", Readiness.of(services, projector)::isSettled);
      system.announce();
      return system;
    } catch (RuntimeException | InterruptedException failed) {
      closer.close();
      throw failed;
    }
  }

  /** What does not work although the system has started, each with what to do. */
  List<String> troubles() {
    return Readiness.of(services, projector).lines();
  }

  public String url() {
    return "http://127.0.0.1:" + settings.port();
  }

  public Path data() {
    return settings.data();
  }

  /** The parts of the HTTP server, among them its routes. */
  ApplicationContext http() {
    return http;
  }

  private static ProjectorService projector(
      Infrastructure infrastructure, Services services, InstantSource clock) {
    var postgres = infrastructure.postgres();
    var database = new Database.Settings(postgres.jdbcUrl(), postgres.user(), postgres.password());
    return ProjectorService.start(infrastructure.bus(), database, services::rules, clock);
  }

  private static ApplicationContext http(
      Settings settings,
      Infrastructure infrastructure,
      Services services,
      ProjectorService projector,
      String registrySecret,
      InstantSource clock) {
    var identity = LocalIdentity.in(settings.data(), clock);
    var writers = writers(settings, services, identity).orPassword(registrySecret);
    var context =
        ApplicationContext.builder()
            .banner(false)
            .deduceEnvironment(false)
            .properties(properties(settings.port()))
            .singletons(
                identity,
                clock,
                RegistryUpkeep.open(settings.data().resolve("registry"), writers),
                infrastructure.schemas(),
                services.promotions(),
                services.approvals(),
                services.registries(),
                services.files(),
                services.uploads(),
                services.copyReads(),
                projector,
                new FirstEnvironment(services.clients()))
            .build();
    context.registerSingleton(BrowserTokens.class, identity::mint);
    Readiness.of(services, projector)
        .checks()
        .forEach(check -> context.registerSingleton(ReadinessCheck.class, check));
    context.start();
    var _ = context.getBean(EmbeddedServer.class).start();
    return context;
  }

  private static Map<String, Object> properties(int port) {
    return Map.of(
        "micronaut.server.host",
        "127.0.0.1",
        "micronaut.server.port",
        port,
        "micronaut.server.max-request-size",
        "1000GB");
  }

  private static WritePolicy writers(Settings settings, Services services, LocalIdentity identity) {
    return new RegistryWriters(
        identity,
        () ->
            services
                .feed()
                .current()
                .map(r -> new AccessRules(r.manifest(), settings.startedBy())));
  }

  /** The file that was given, or once the sample. */
  private void applyManifest() throws InterruptedException {
    await(
        "the manifest's stream",
        () -> services.promotions().takesManifests() && services.feed().isReady());
    Path file = settings.manifest();
    if (file == null && services.feed().current().isPresent()) {
      return;
    }
    Outcome outcome = apply(file);
    if (!outcome.answer().accepted()) {
      throw new BadManifest(outcome.problems(), outcome.answer().because());
    }
  }

  /** Applies a manifest file that has changed, and says in one line what came of it. */
  String applyChanged(Path file) {
    Outcome outcome = apply(file);
    return outcome.answer().accepted()
        ? "Applied %s as revision %d".formatted(file, outcome.revision())
        : "Refused %s; the last good manifest stays in force:%n%s"
            .formatted(
                file, new BadManifest(outcome.problems(), outcome.answer().because()).getMessage());
  }

  private Outcome apply(@Nullable Path file) {
    try {
      String yaml = file == null ? SampleManifest.yaml(settings.port()) : Files.readString(file);
      return apply(new Offer(yaml, file == null ? "sample" : file.toString(), null));
    } catch (IOException unreadable) {
      throw new UncheckedIOException("the manifest cannot be read: " + file, unreadable);
    }
  }

  /** Asks again under the same id while a busy machine takes longer than a client should wait. */
  private Outcome apply(Offer offer) {
    var desk = services.promotions().manifestDesk();
    String id = Ids.random();
    Instant end = Instant.now().plus(LONGEST_START);
    while (true) {
      try {
        return desk.apply(ManifestDesk.asked(id, settings.startedBy(), offer)).join();
      } catch (CompletionException late) {
        if (!(late.getCause() instanceof Journal.OutcomeUnknown) || Instant.now().isAfter(end)) {
          throw late;
        }
      }
    }
  }

  private void await(String what, BooleanSupplier condition) throws InterruptedException {
    Instant end = Instant.now().plus(LONGEST_START);
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(end)) {
        throw new IllegalStateException(
            "%s was not ready within %s".formatted(what, LONGEST_START));
      }
      var _ = new CountDownLatch(1).await(10, TimeUnit.MILLISECONDS);
    }
  }

  private void announce() {
    FloeJson.write(
        settings.data(),
        Map.of(
            "url", url(),
            "kafka", infrastructure.broker().publicBootstrap(),
            "schemaRegistry", url() + "/schema-registry",
            "registry", "127.0.0.1:" + settings.port(),
            "pid", Long.toString(ProcessHandle.current().pid()),
            "version", FloeJson.version()));
  }

  @Override
  public void close() {
    FloeJson.delete(settings.data());
    http.close();
    projector.close();
    services.close();
    infrastructure.close();
    folder.close();
  }
}
