package dev.floe.audit;

import dev.floe.access.AccessRules;
import dev.floe.audit.adapter.kafka.LogLag;
import dev.floe.audit.adapter.kafka.StatusPublisher;
import dev.floe.audit.adapter.postgres.Database;
import dev.floe.audit.adapter.postgres.Heads;
import dev.floe.audit.adapter.postgres.Manifests;
import dev.floe.audit.adapter.postgres.Projection;
import dev.floe.audit.adapter.postgres.Promotions;
import dev.floe.audit.adapter.postgres.StatusBoard;
import dev.floe.audit.adapter.postgres.StatusOutbox;
import dev.floe.audit.adapter.postgres.Trail;
import dev.floe.audit.adapter.postgres.Versions;
import dev.floe.audit.application.Changes;
import dev.floe.audit.application.ReadYourWrites;
import dev.floe.http.ReadinessCheck;
import dev.floe.kernel.Trouble;
import dev.floe.messaging.Bus;
import dev.floe.messaging.SequenceGuard;
import dev.floe.messaging.feed.EventFeed;
import dev.floe.schemas.Topics;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The projections of the log, kept up to date, and everything that reads them. */
public final class ProjectorService implements ReadinessCheck, AutoCloseable {

  /** The service's name on Kafka and in its health. */
  public static final String NAME = "audit-projector";

  private final Bus bus;
  private final Database database;
  private final Supplier<AccessRules> rules;
  private final InstantSource clock;
  private final Changes changes = new Changes();
  private final Heads heads;
  private final Projection projection;
  private final Manifests manifests;
  private final StatusBoard statusBoard;
  private final LogLag lag;
  private final StatusPublisher publisher;
  private volatile EventFeed feed;
  private volatile boolean dropping;
  private volatile boolean closed;

  private ProjectorService(
      Bus bus, Database database, Supplier<AccessRules> rules, InstantSource clock) {
    this.bus = bus;
    this.database = database;
    this.rules = rules;
    this.clock = clock;
    this.heads = new Heads(database);
    this.projection = new Projection(database, changes);
    this.manifests = new Manifests(database);
    this.statusBoard = new StatusBoard(database, manifests);
    this.feed = feed(bus, heads, projection);
    this.lag = LogLag.start(bus.kafka(), bus.sized(Topics.events()), () -> feed.stored());
    var outbox = new StatusOutbox(database, statusBoard);
    this.publisher = StatusPublisher.start(bus, outbox, changes, this::isReady, clock);
  }

  /**
   * Opens the database, makes its tables and begins to read the log where it was left; {@link
   * #isReady} says when everything is folded that was there.
   *
   * @param rules who may what, asked for each request
   */
  public static ProjectorService start(
      Bus bus, Database.Settings settings, Supplier<AccessRules> rules, InstantSource clock) {
    Database database = Database.open(settings);
    try {
      return new ProjectorService(bus, database, rules, clock);
    } catch (RuntimeException failed) {
      database.close();
      throw failed;
    }
  }

  private static EventFeed feed(Bus bus, Heads heads, Projection projection) {
    return EventFeed.start(
        bus,
        NAME,
        Topics.events(),
        heads.offsets(),
        new SequenceGuard((topic, key) -> Optional.of(heads.numbers(topic, key))),
        projection.store());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean isReady() {
    return !closed
        && !dropping
        && database.trouble().isEmpty()
        && feed.isCaughtUp()
        && !bus.troubles().isStuck(NAME);
  }

  @Override
  public List<Trouble> troubles() {
    return Stream.concat(
            database.trouble().stream().map(ProjectorService::away),
            bus.troubles().of(NAME).stream())
        .toList();
  }

  private static Trouble away(String what) {
    return new Trouble(
        what,
        "",
        "Reads wait for it. The embedded one is started again by itself; another one is yours to"
            + " start.");
  }

  /** Drops every row and folds the log anew; returns when that has begun. */
  public synchronized void rebuild() {
    dropping = true;
    feed.close();
    projection.drop();
    feed = feed(bus, heads, projection);
    dropping = false;
  }

  public Promotions promotions() {
    return new Promotions(database);
  }

  public Trail trail() {
    return new Trail(database, manifests);
  }

  public Versions versions() {
    return new Versions(database);
  }

  public StatusBoard statusBoard() {
    return statusBoard;
  }

  public Manifests manifests() {
    return manifests;
  }

  /** Tells when something is stored. */
  public Changes changes() {
    return changes;
  }

  /** Waits for what somebody has already seen. */
  public ReadYourWrites readYourWrites() {
    return new ReadYourWrites(
        changes, position -> heads.sequence(position.topic(), position.key()));
  }

  /** How far the projections are behind the log. */
  public long lagMs() {
    return lag.millis();
  }

  /** Who may what. */
  public AccessRules rules() {
    return rules.get();
  }

  public InstantSource clock() {
    return clock;
  }

  public boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    closed = true;
    changes.happened();
    List.<AutoCloseable>of(publisher, lag, feed, database).forEach(ProjectorService::end);
  }

  private static void end(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception failed) {
      throw new IllegalStateException("a part of %s does not close".formatted(NAME), failed);
    }
  }
}
