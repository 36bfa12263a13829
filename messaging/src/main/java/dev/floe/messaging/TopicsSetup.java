package dev.floe.messaging;

import dev.floe.schemas.Topic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Makes the catalogue's topics, and checks them: a partition count cannot be mended later, and a
 * wrong retention eats the trail, so any difference stops the start.
 */
public final class TopicsSetup {

  private static final long TIMEOUT_S = 30;

  private final Admin admin;

  /**
   * @param admin stays the caller's to close
   */
  public TopicsSetup(Admin admin) {
    this.admin = admin;
  }

  /** Topics that are not as the catalogue says; the message lists each with its fix. */
  public static final class Difference extends RuntimeException {
    Difference(List<String> lines) {
      super("topics differ from the catalogue:\n  " + String.join("\n  ", lines));
    }
  }

  /**
   * Makes those of {@code topics} that are missing, and returns once the broker knows them; others
   * are left as they are.
   *
   * @param replicas copies of each partition; empty for the broker's default
   */
  public void create(Collection<Topic> topics, Optional<Short> replicas) {
    Set<String> present = names();
    List<NewTopic> missing =
        topics.stream()
            .filter(topic -> !present.contains(topic.name()))
            .map(
                topic ->
                    new NewTopic(topic.name(), Optional.of(topic.partitions()), replicas)
                        .configs(topic.settings()))
            .toList();
    try {
      get(admin.createTopics(missing).all());
    } catch (KafkaException failed) {
      // Another instance that starts at the same time may be quicker.
      if (!(failed.getCause() instanceof TopicExistsException)) {
        throw failed;
      }
    }
    awaitKnown(missing.stream().map(NewTopic::name).toList());
  }

  /** A topic is made by the controller, and a broker hears of it a little later. */
  private void awaitKnown(List<String> made) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_S);
    while (!names().containsAll(made)) {
      if (System.nanoTime() > end) {
        throw new KafkaException("the broker does not know %s yet".formatted(made));
      }
    }
  }

  /**
   * Compares topics with the catalogue.
   *
   * @throws Difference when one is missing, has another number of partitions or another setting
   */
  public void check(Collection<Topic> topics) {
    List<String> lines = new ArrayList<>();
    Set<String> present = names();
    List<Topic> found = new ArrayList<>();
    for (Topic topic : topics) {
      if (present.contains(topic.name())) {
        found.add(topic);
      } else {
        lines.add("%s is missing; create it: %s".formatted(topic.name(), creation(topic)));
      }
    }
    comparePartitions(found, lines);
    compareSettings(found, lines);
    if (!lines.isEmpty()) {
      throw new Difference(lines);
    }
  }

  private void comparePartitions(List<Topic> topics, List<String> lines) {
    Map<String, TopicDescription> described =
        get(admin.describeTopics(topics.stream().map(Topic::name).toList()).allTopicNames());
    for (Topic topic : topics) {
      int found = partitions(described, topic);
      if (found != topic.partitions()) {
        lines.add(
            ("%s has %d partitions, the catalogue says %d; the number is fixed when a topic is"
                    + " created, for keys would move: begin with fresh topics, or run a floe whose"
                    + " catalogue says %d")
                .formatted(topic.name(), found, topic.partitions(), found));
      }
    }
  }

  private static int partitions(Map<String, TopicDescription> described, Topic topic) {
    TopicDescription description = described.get(topic.name());
    return description == null ? 0 : description.partitions().size();
  }

  private void compareSettings(List<Topic> topics, List<String> lines) {
    List<ConfigResource> resources =
        topics.stream()
            .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic.name()))
            .toList();
    Map<ConfigResource, Config> configs = get(admin.describeConfigs(resources).all());
    for (Topic topic : topics) {
      Config config = configs.get(new ConfigResource(ConfigResource.Type.TOPIC, topic.name()));
      for (Map.Entry<String, String> setting : new TreeMap<>(topic.settings()).entrySet()) {
        ConfigEntry entry = config == null ? null : config.get(setting.getKey());
        String found = entry == null ? "nothing" : entry.value();
        if (!setting.getValue().equals(found)) {
          lines.add(
              "%s has %s=%s, the catalogue says %s; set it: %s"
                  .formatted(
                      topic.name(),
                      setting.getKey(),
                      found,
                      setting.getValue(),
                      change(setting, topic)));
        }
      }
    }
  }

  private static String change(Map.Entry<String, String> setting, Topic topic) {
    return "kafka-configs.sh --bootstrap-server HOST:PORT --alter --topic %s --add-config %s=%s"
        .formatted(topic.name(), setting.getKey(), setting.getValue());
  }

  private static String creation(Topic topic) {
    var command =
        new StringBuilder("kafka-topics.sh --bootstrap-server HOST:PORT --create --topic ")
            .append(topic.name())
            .append(" --partitions ")
            .append(topic.partitions());
    new TreeMap<>(topic.settings())
        .forEach((name, value) -> command.append(" --config ").append(name + '=' + value));
    return command.toString();
  }

  private Set<String> names() {
    return new HashSet<>(get(admin.listTopics().names()));
  }

  private static <T> T get(KafkaFuture<T> future) {
    try {
      return future.get(TIMEOUT_S, TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      throw new KafkaException(
          "the broker refused: %s".formatted(failed.getCause()), failed.getCause());
    } catch (TimeoutException late) {
      throw new KafkaException("the broker did not answer in %d s".formatted(TIMEOUT_S), late);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted", interrupted);
    }
  }
}
