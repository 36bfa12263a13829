package dev.floe.local;

import dev.floe.access.AccessRules;
import dev.floe.audit.ProjectorService;
import dev.floe.audit.adapter.postgres.Database;
import dev.floe.embedded.folder.DataFolder;
import dev.floe.embedded.folder.LoopbackPort;
import dev.floe.embedded.oci.OciRegistry;
import dev.floe.embedded.oci.WritePolicy;
import dev.floe.http.ReadinessCheck;
import dev.floe.local.adapter.http.Room;
import dev.floe.local.log.LogFiles;
import dev.floe.local.log.Milestones;
import dev.floe.promotion.adapter.registry.FirstEnvironment;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole system in this JVM, on one data folder and one port. What it acknowledged is there
 * again after any end, and unfinished work goes on.
 */
public final class FloeSystem implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger("floe.system");

  private static final Duration LONGEST_START = Duration.ofMinutes(2);

  /**
   * How to start.
   *
   * @param data the folder for everything that is kept
   * @param port of HTTP, on the loopback interface
   * @param manifest a file that is applied at the start and whenever it changes; null for the
   *     sample, applied once
   * @param startedBy who has the rights of the one who started an embedded system
   * @param allowEmpty whether the file may take away all gates or all teams
   * @param minFreeMb megabytes to stay free where the data folder lies
   */
  public record Settings(
      Path data,
      int port,
      @Nullable Path manifest,
      String startedBy,
      boolean allowEmpty,
      int minFreeMb) {

    public Settings(Path data, int port, @Nullable Path manifest, String startedBy) {
      this(data, port, manifest, startedBy, false, Storage.RESERVE_MB);
    }
  }

  private final Settings settings;
  private final Infrastructure infrastructure;
  private final Services services;
  private final Readiness readiness;
  private final ApplicationContext http;
  private final LogFiles log;
  private final Closer parts;
  private Optional<BadManifest> refusedManifest = Optional.empty();

  private FloeSystem(
      Settings settings,
      Infrastructure infrastructure,
      Services services,
      Readiness readiness,
      ApplicationContext http,
      LogFiles log,
      Closer parts) {
    this.settings = settings;
    this.infrastructure = infrastructure;
    this.services = services;
    this.readiness = readiness;
    this.http = http;
    this.log = log;
    this.parts = parts;
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
      var log = closer.add(LogFiles.open(folder.path()));
      LOG.atInfo().setMessage("starting").addKeyValue("data", folder.path()).log();
      LoopbackPort.requireFree(settings.port(), "floe");
      OpenFiles.requireEnough();
      var clock = InstantSource.system();
      var infrastructure = closer.add(Infrastructure.start(folder, settings.minFreeMb()));
      String host = "127.0.0.1:" + settings.port();
      String registrySecret = folder.secret("registry.secret");
      var around = Services.Surroundings.of(settings, host, registrySecret);
      var services =
          closer.add(Services.start(infrastructure.bus(), settings.data(), around, clock));
      closer.add(Milestones.follow(infrastructure.bus()));
      services.feed().listen(revision -> infrastructure.openReplyTopics(revision.manifest()));
      var projector = closer.add(projector(infrastructure, services, clock));
      var http =
          closer.add(http(settings, infrastructure, services, projector, registrySecret, clock));
      services.open(http.getBean(OciRegistry.class));
      var readiness = Readiness.of(infrastructure, services, projector);
      var system = new FloeSystem(settings, infrastructure, services, readiness, http, log, closer);
      system.applyManifest();
      system.await("every service", readiness::isSettled);
      system.announce();
      return system;
    } catch (RuntimeException | InterruptedException failed) {
      LOG.atInfo().setMessage("the start failed").addKeyValue("why", failed).log();
      closer.close();
      throw failed;
    }
  }

  /** What does not work although the system has started, each with what to do. */
  List<String> troubles() {
    return readiness.lines();
  }

  public String url() {
    return "http://127.0.0.1:" + settings.port();
  }

  public Path data() {
    return settings.data();
  }

  Infrastructure infrastructure() {
    return infrastructure;
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
    context.registerSingleton(Room.class, infrastructure.storage());
    Readiness.of(infrastructure, services, projector)
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
        "1000GB",
        // The door ends connections by what their clients owe; a long answer may be silent.
        "micronaut.server.idle-timeout",
        "-1s",
        "micronaut.server.max-request-buffer-size",
        "4MB",
        "micronaut.server.netty.max-initial-line-length",
        8192,
        "micronaut.server.netty.max-header-size",
        16384);
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

  /** What was wrong with the file that was given, where an earlier manifest stays in force. */
  Optional<BadManifest> refusedManifest() {
    return refusedManifest;
  }

  /** Applies a manifest file that has changed, and says in one line what came of it. */
  String applyChanged(Path file) {
    return manifest().applyChanged(file);
  }

  private void applyManifest() throws InterruptedException {
    await(
        "the manifest's stream",
        () -> services.promotions().takesManifests() && services.feed().isReady());
    refusedManifest = manifest().apply(services.feed().current().isPresent());
  }

  private ManifestAtStart manifest() {
    return new ManifestAtStart(services.promotions().manifestDesk(), settings, LONGEST_START);
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
            "pid", ProcessHandle.current().pid(),
            "version", FloeJson.version()));
    LOG.atInfo()
        .setMessage("ready")
        .addKeyValue("url", url())
        .addKeyValue("version", FloeJson.version())
        .addKeyValue("pid", ProcessHandle.current().pid())
        .log();
  }

  /** Says what it has to say in the log's files alone. */
  void leaveConsole() {
    log.leaveConsole();
  }

  @Override
  public void close() {
    LOG.info("stopping");
    FloeJson.delete(settings.data());
    parts.close();
  }
}
