package dev.floe.local;

import dev.floe.access.AccessRules;
import dev.floe.access.KeyFile;
import dev.floe.access.ServiceKey;
import dev.floe.access.SignerKeys;
import dev.floe.access.TrustedKeys;
import dev.floe.approval.ApprovalService;
import dev.floe.embedded.oci.OciRegistry;
import dev.floe.gate.GateRunnerService;
import dev.floe.gate.adapter.file.ManifestFolder;
import dev.floe.gate.adapter.policy.PolicyCompliance;
import dev.floe.gate.adapter.process.CommandGates;
import dev.floe.gate.adapter.signature.SecurityScan;
import dev.floe.gate.application.GateRun;
import dev.floe.manifest.Auth.CommandSigner;
import dev.floe.messaging.Bus;
import dev.floe.messaging.Troubles;
import dev.floe.messaging.feed.ManifestFeed;
import dev.floe.messaging.feed.ManifestFeed.Revision;
import dev.floe.messaging.journal.JournalSecurity;
import dev.floe.notification.NotifierService;
import dev.floe.oci.connect.Registries;
import dev.floe.oci.copy.Copier;
import dev.floe.promotion.PromotionService;
import dev.floe.promotion.adapter.file.ManifestFiles;
import dev.floe.promotion.application.ManifestDesk.Deployment;
import dev.floe.registry.RegistrySyncService;
import dev.floe.registry.adapter.oci.Attestor;
import dev.floe.registry.adapter.oci.OciWork;
import dev.floe.registry.adapter.oci.TagInspector;
import dev.floe.registry.adapter.registry.FilesPublisher;
import dev.floe.registry.adapter.registry.FirstEnvironmentFiles;
import dev.floe.registry.application.CopyReads;
import dev.floe.registry.application.CopyWatch;
import dev.floe.registry.application.FileStore;
import dev.floe.registry.application.UploadSpace;
import dev.floe.schemas.Topic;
import dev.floe.schemas.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Every service that writes, wired to the parts of this machine. */
final class Services implements AutoCloseable {

  /** How long the manifest's stream may take to be read. */
  private static final Duration MANIFEST_WAIT = Duration.ofMinutes(1);

  private final Bus bus;
  private final Path data;
  private final UploadSpace uploads;
  private final String startedBy;
  private final InstantSource clock;
  private final ManifestFeed feed;
  private final Registries clients = Registries.withDefaults();
  private final Closer started = new Closer();
  private final CountDownLatch open = new CountDownLatch(1);
  private final CopyWatch copies = new CopyWatch();

  /** What only the one who starts the system knows. */
  record Surroundings(
      String startedBy, String ownHost, String registrySecret, @Nullable Path manifest) {

    static Surroundings of(FloeSystem.Settings settings, String ownHost, String registrySecret) {
      return new Surroundings(settings.startedBy(), ownHost, registrySecret, settings.manifest());
    }
  }

  private final PromotionService promotions;
  private final ApprovalService approvals;
  private final GateRunnerService gates;
  private final RegistrySyncService registries;
  private final RegistryCredentials credentials;

  private Services(Bus bus, Path data, Surroundings around, InstantSource clock)
      throws InterruptedException {
    this.bus = bus;
    this.data = data;
    this.uploads = UploadSpace.in(data.resolve("uploads"));
    this.startedBy = around.startedBy();
    this.clock = clock;
    this.feed = started.add(ManifestFeed.start(bus, PromotionService.NAME + "-config"));
    Path manifests = data.resolve("manifests");
    credentials =
        new RegistryCredentials(
            clients, feed, manifests, around.ownHost(), around.registrySecret());
    promotions = started.add(promotions(manifests, around.ownHost()));
    // What follows decides by the manifest in force, and must not take one of before for it.
    feed.awaitReady(MANIFEST_WAIT);
    approvals =
        started.add(
            ApprovalService.start(
                bus, security(ApprovalService.NAME, Topics.APPROVAL_COMMANDS), this::rules, clock));
    gates = started.add(gates(manifests, around.manifest()));
    registries =
        started.add(
            RegistrySyncService.start(
                bus,
                security(RegistrySyncService.NAME, Topics.REGISTRY_COMMANDS),
                this::rules,
                new RegistrySyncService.Hands(
                    new OciWork(credentials::open, new Copier(), attestor(), copies),
                    new TagInspector(credentials::open),
                    open::await),
                clock));
    // It keeps its place on the log and does nothing with what it hears, so nothing waits for it.
    var _ = started.add(NotifierService.start(bus));
  }

  /**
   * Lets work begin: from now on the registry of this very process answers. A restart takes up
   * unfinished work at once, and would find it silent.
   */
  void open(OciRegistry registry) {
    started.add(new RegistryUpkeep(registry));
    open.countDown();
  }

  static Services start(Bus bus, Path data, Surroundings around, InstantSource clock)
      throws InterruptedException {
    return new Services(bus, data, around, clock);
  }

  /** What is stuck in this process. */
  Troubles troubles() {
    return bus.troubles();
  }

  ManifestFeed feed() {
    return feed;
  }

  PromotionService promotions() {
    return promotions;
  }

  ApprovalService approvals() {
    return approvals;
  }

  GateRunnerService gates() {
    return gates;
  }

  RegistrySyncService registries() {
    return registries;
  }

  RegistryCredentials credentials() {
    return credentials;
  }

  /** The rules in force; services decide nothing before the first manifest. */
  AccessRules rules() {
    return feed.current()
        .map(revision -> new AccessRules(revision.manifest(), startedBy))
        .orElseThrow(() -> new IllegalStateException("no manifest is in force yet"));
  }

  UploadSpace uploads() {
    return uploads;
  }

  FileStore files() {
    var publisher = new FilesPublisher(clients, uploads);
    return new FirstEnvironmentFiles(
        publisher, () -> rules().manifest().first(), credentials::access);
  }

  CopyReads copyReads() {
    return new CopyReads(copies, this::rules);
  }

  Registries clients() {
    return clients;
  }

  @Override
  public void close() {
    started.close();
  }

  private PromotionService promotions(Path manifests, String ownHost) {
    var deployment =
        new Deployment(
            startedBy,
            new ManifestFiles(manifests),
            manifest -> manifest.withRegistriesAt("oci://" + ownHost));
    var signers = new SignerFiles(this::signers);
    return PromotionService.start(
        bus,
        security(PromotionService.NAME, Topics.PROMOTION_COMMANDS, signers),
        feed,
        deployment,
        clock);
  }

  private GateRunnerService gates(Path manifests, @Nullable Path manifest) {
    // The file that the manifest came from may hold secrets, as the copies of it do.
    List<Path> hidden = manifest == null ? List.of(data) : List.of(data, manifest);
    var processes = started.add(new CommandGates(data.resolve("gates"), hidden, System.getenv()));
    var runs =
        new GateRun(
            new ManifestFolder(
                manifests, this::sha256Of, () -> feed.current().map(Revision::sha256)),
            processes,
            new PolicyCompliance(clients, clock),
            new SecurityScan(clients),
            System::getenv);
    return GateRunnerService.start(
        bus, security(GateRunnerService.NAME, Topics.GATE_COMMANDS), runs, open::await, clock);
  }

  private Attestor attestor() {
    return new Attestor(
        () -> Optional.ofNullable(rules().manifest().promotion().attestation()), System.getenv());
  }

  private Optional<String> sha256Of(int revision) {
    return Optional.ofNullable(feed.revisions().get(revision)).map(Revision::sha256);
  }

  private JournalSecurity security(String service, Topic commands) {
    return security(service, commands, List::of);
  }

  private JournalSecurity security(
      String service, Topic commands, Supplier<List<SignerKeys>> signers) {
    byte[] secret = KeyFile.openOrCreate(data.resolve(service + ".key"), new SecureRandom());
    var own = ServiceKey.of(service, commands.name(), secret);
    return JournalSecurity.of(own, () -> new TrustedKeys(List.of(own), signers.get()), clock);
  }

  /** Before the manifest is read, none of its signers would be known, and their commands lost. */
  private List<CommandSigner> signers() {
    try {
      feed.awaitReady(MANIFEST_WAIT);
    } catch (IllegalStateException | InterruptedException notYet) {
      throw new UncheckedIOException(new IOException("the manifest is not read yet", notYet));
    }
    return feed.current()
        .map(revision -> revision.manifest().auth().commandSigners())
        .orElse(List.of());
  }
}
