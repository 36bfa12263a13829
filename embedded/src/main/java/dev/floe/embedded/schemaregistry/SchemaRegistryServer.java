package dev.floe.embedded.schemaregistry;

import dev.floe.embedded.folder.CannotStartException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The schema registry of one Kafka: ids never change, and a new schema must fit the earlier ones.
 * One at a time may write to a Kafka's {@code _schemas}.
 */
public final class SchemaRegistryServer implements AutoCloseable {
  private final SchemasTopic topic;
  private final Catalogue catalogue = new Catalogue();
  private final RestApi rest;
  private final Lock writing = new ReentrantLock();
  private boolean unsure;

  private SchemaRegistryServer(SchemasTopic topic, Writers writers) {
    this.topic = topic;
    this.rest = new RestApi(this, writers);
  }

  /**
   * Reads back what the topic holds; {@code kafka} are client properties with the right to write.
   */
  public static SchemaRegistryServer start(Map<String, Object> kafka, Writers writers) {
    SchemasTopic topic = SchemasTopic.open(kafka);
    SchemaRegistryServer server = new SchemaRegistryServer(topic, writers);
    try {
      topic.readAll(server.catalogue::apply);
      return server;
    } catch (IOException e) {
      topic.close();
      throw new CannotStartException("the schema registry cannot start: " + e.getMessage(), e);
    } catch (RuntimeException | Error e) {
      topic.close();
      throw e;
    }
  }

  /** The id of {@code schemaJson} under {@code subject}, which it gets now unless it had one. */
  public int register(String subject, String schemaJson) {
    Schema schema = Registered.parse(schemaJson);
    writing.lock();
    try {
      becomeSure();
      Optional<Registered> known = find(subject, schema.toString());
      if (known.isPresent()) {
        return known.get().id();
      }
      List<String> objections = objections(subject, schema);
      if (!objections.isEmpty()) {
        throw RegistryRefusal.incompatible(subject, String.join("; ", objections));
      }
      Registered fresh = catalogue.next(subject, schema.toString());
      append(StoredRecord.key(fresh), StoredRecord.value(fresh));
      return fresh.id();
    } finally {
      writing.unlock();
    }
  }

  /** Sets the level of a subject, or of all that have none of their own. */
  public void configure(Optional<String> subject, Level level) {
    writing.lock();
    try {
      becomeSure();
      append(StoredRecord.configKey(subject), StoredRecord.configValue(level));
    } finally {
      writing.unlock();
    }
  }

  private void append(byte[] key, byte[] value) {
    try {
      unsure = true;
      topic.append(key, value);
      catalogue.apply(StoredRecord.read(key, value));
      unsure = false;
    } catch (IOException e) {
      throw RegistryRefusal.storeFailed(String.valueOf(e.getMessage()));
    }
  }

  /** A write that failed may have arrived after all: nothing is numbered before that is known. */
  private void becomeSure() {
    if (unsure) {
      try {
        topic.readAll(catalogue::apply);
        unsure = false;
      } catch (IOException e) {
        throw RegistryRefusal.storeFailed(String.valueOf(e.getMessage()));
      }
    }
  }

  public String schemaById(int id) {
    return catalogue.schema(id).orElseThrow(() -> RegistryRefusal.noSuchSchema(" " + id));
  }

  /** Where the schema of that id is registered. */
  public List<Registered> using(int id) {
    return catalogue.using(id);
  }

  public List<String> subjects() {
    return catalogue.subjects();
  }

  /** All versions of the subject, oldest first. */
  public List<Registered> versions(String subject) {
    List<Registered> versions = catalogue.versions(subject);
    if (versions.isEmpty()) {
      throw RegistryRefusal.noSuchSubject(subject);
    }
    return versions;
  }

  /** The version of that number, or {@code latest}. */
  public Registered version(String subject, String version) {
    List<Registered> versions = versions(subject);
    if (version.equals("latest") || version.equals("-1")) {
      return versions.getLast();
    }
    int number = number(version);
    return versions.stream()
        .filter(registered -> registered.version() == number)
        .findFirst()
        .orElseThrow(() -> RegistryRefusal.noSuchVersion(version));
  }

  private static int number(String version) {
    try {
      int number = Integer.parseInt(version);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException _) {
      // Not a number is as wrong as not a positive one.
    }
    throw RegistryRefusal.invalidVersion(version);
  }

  /** The version under which exactly this schema is registered. */
  public Registered lookup(String subject, String schemaJson) {
    String schema = Registered.parse(schemaJson).toString();
    if (catalogue.versions(subject).isEmpty()) {
      throw RegistryRefusal.noSuchSubject(subject);
    }
    return find(subject, schema).orElseThrow(() -> RegistryRefusal.noSuchSchema(""));
  }

  private Optional<Registered> find(String subject, String schema) {
    return catalogue.versions(subject).stream()
        .filter(registered -> registered.schema().equals(schema))
        .findFirst();
  }

  /** What stands against the schema as the subject's next version; empty when it fits. */
  List<String> objections(String subject, Schema schema) {
    return level(subject)
        .objections(schema, catalogue.versions(subject).stream().map(Registered::parsed).toList());
  }

  public Level level() {
    return catalogue.level();
  }

  /** The level that holds for the subject. */
  public Level level(String subject) {
    return catalogue.ownLevel(subject).orElseGet(catalogue::level);
  }

  Optional<Level> ownLevel(String subject) {
    return catalogue.ownLevel(subject);
  }

  /**
   * Answers one request of the REST API.
   *
   * @param path still percent-encoded, without the prefix the registry is mounted under
   * @param query still percent-encoded
   */
  public Response handle(
      String method,
      String path,
      @Nullable String query,
      Map<String, String> headers,
      byte[] body) {
    return rest.handle(method, path, query, headers, body);
  }

  @Override
  public void close() {
    topic.close();
  }
}
