package dev.floe.embedded.kafka;

import dev.floe.embedded.folder.CannotStartException;
import dev.floe.embedded.folder.DataFolder;
import dev.floe.embedded.folder.TemporaryFolder;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka's production broker and controller on a folder: services come in with a password, anyone
 * else may read {@code floe.*} and write {@code floe.promotion.commands}.
 */
public final class KafkaBroker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaBroker.class);
  static final String SERVICES_USER = "floe-services";
  private static final String PASSWORD_FILE = "services.password";
  private static final int CONTROLLER_PASSWORD_BYTES = 32;
  private static final int ATTEMPTS = 3;

  private final DataFolder folder;
  private final BrokerProperties properties;
  private final KraftNode node;
  private final Runnable afterClose;

  private KafkaBroker(
      DataFolder folder, BrokerProperties properties, KraftNode node, Runnable afterClose) {
    this.folder = folder;
    this.properties = properties;
    this.node = node;
    this.afterClose = afterClose;
  }

  /** Where the broker keeps its data and which ports it listens on; 0 takes a free one. */
  public record Settings(Path folder, int publicPort, int servicesPort) {
    public static Settings in(Path folder) {
      return new Settings(folder, 0, 0);
    }

    public Settings withPublicPort(int port) {
      return new Settings(folder, port, servicesPort);
    }

    public Settings withServicesPort(int port) {
      return new Settings(folder, publicPort, port);
    }
  }

  /** Starts on the settings' folder and returns when the broker takes work. */
  public static KafkaBroker start(Settings settings) {
    return start(settings, StrangersLimits.DEFAULT, () -> {});
  }

  /** A broker for tests: its folder goes with it. */
  public static KafkaBroker inTemporaryFolder() {
    return inTemporaryFolder(StrangersLimits.DEFAULT);
  }

  static KafkaBroker inTemporaryFolder(StrangersLimits strangers) {
    Path folder = TemporaryFolder.create("floe-kafka");
    try {
      return start(Settings.in(folder), strangers, () -> TemporaryFolder.delete(folder));
    } catch (RuntimeException | Error e) {
      TemporaryFolder.delete(folder);
      throw e;
    }
  }

  private static KafkaBroker start(
      Settings settings, StrangersLimits strangers, Runnable afterClose) {
    DataFolder folder = DataFolder.lock(settings.folder(), "Kafka");
    try {
      return start(folder, settings, strangers, afterClose, ATTEMPTS);
    } catch (RuntimeException | Error e) {
      folder.close();
      throw e;
    }
  }

  private static KafkaBroker start(
      DataFolder folder,
      Settings settings,
      StrangersLimits strangers,
      Runnable afterClose,
      int attempts) {
    BrokerProperties properties =
        new BrokerProperties(
            folder.resolve("log"),
            folder.port("public", settings.publicPort()),
            folder.port("services", settings.servicesPort()),
            folder.port("controller", 0),
            password(folder),
            randomPassword(),
            strangers);
    KraftNode node = new KraftNode(properties);
    try {
      node.start();
      KafkaBroker broker = new KafkaBroker(folder, properties, node, afterClose);
      StrangersAccess.grant(broker.servicesConfig(), strangers);
      LOG.info("Kafka is ready on {} ({})", properties.publicBootstrap(), folder.path());
      return broker;
    } catch (PortTakenException e) {
      // Between looking for a free port and binding it, somebody else may have been quicker.
      if (attempts > 1) {
        return start(folder, settings, strangers, afterClose, attempts - 1);
      }
      throw new CannotStartException("Kafka in %s: %s".formatted(folder.path(), e.getMessage()), e);
    } catch (RuntimeException | Error e) {
      node.stop();
      throw e;
    }
  }

  /** The broker knows the password from its own log, so a lost file cannot simply be remade. */
  private static String password(DataFolder folder) {
    if (!folder.has(PASSWORD_FILE) && KraftNode.isFormatted(folder.resolve("log"))) {
      throw new CannotStartException(
          "Kafka folder %s has data but no %s; restore that file, or start on an empty folder"
              .formatted(folder.path(), PASSWORD_FILE));
    }
    return folder.secret(PASSWORD_FILE);
  }

  /** Controller and broker are one process: their password need not outlive it. */
  private static String randomPassword() {
    byte[] random = new byte[CONTROLLER_PASSWORD_BYTES];
    new SecureRandom().nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  /** Client properties of the services: bootstrap servers and the password. */
  public Map<String, Object> servicesConfig() {
    return Map.of(
        CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
        properties.servicesBootstrap(),
        CommonClientConfigs.SECURITY_PROTOCOL_CONFIG,
        "SASL_PLAINTEXT",
        SaslConfigs.SASL_MECHANISM,
        BrokerProperties.SCRAM,
        SaslConfigs.SASL_JAAS_CONFIG,
        BrokerProperties.scramLogin(properties.servicesPassword()));
  }

  /** Where anyone may read {@code floe.*} and send commands, without a password. */
  public String publicBootstrap() {
    return properties.publicBootstrap();
  }

  /**
   * Makes those of {@code topics} that are missing and lets anyone read them, until the next start.
   */
  public void openForReading(Collection<String> topics) {
    if (!topics.isEmpty()) {
      StrangersAccess.grantReading(servicesConfig(), topics);
    }
  }

  /** While room is short, strangers write next to nothing; what they have written is kept. */
  public void holdStrangersBack(boolean back) {
    StrangersAccess.limit(
        servicesConfig(), back ? properties.strangers().shortOfRoom() : properties.strangers());
  }

  public Path folder() {
    return folder.path();
  }

  /** Stops cleanly; what was committed is there at the next start. */
  @Override
  public void close() {
    node.stop();
    folder.close();
    afterClose.run();
  }
}
