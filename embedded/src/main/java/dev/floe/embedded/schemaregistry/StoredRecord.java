package dev.floe.embedded.schemaregistry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A record of the {@code _schemas} topic, in the JSON that Confluent's registry writes. */
sealed interface StoredRecord {
  ObjectMapper JSON = new ObjectMapper();

  /** A version of a subject, or its soft deletion. */
  record SchemaRecord(Registered registered, boolean deleted) implements StoredRecord {}

  /** A compatibility level, global without a subject; without a level it is taken back. */
  record ConfigRecord(Optional<String> subject, Optional<Level> level) implements StoredRecord {}

  /** A version's final deletion. */
  record RemovedRecord(String subject, int version) implements StoredRecord {}

  /** The soft deletion of a subject's versions up to one. */
  record SubjectDeletedRecord(String subject, int upTo) implements StoredRecord {}

  /** What this registry has no use for. */
  record OtherRecord() implements StoredRecord {}

  static byte[] key(Registered registered) {
    return bytes(
        JSON.createObjectNode()
            .put("keytype", "SCHEMA")
            .put("subject", registered.subject())
            .put("version", registered.version())
            .put("magic", 1));
  }

  static byte[] value(Registered registered) {
    return bytes(
        JSON.createObjectNode()
            .put("subject", registered.subject())
            .put("version", registered.version())
            .put("id", registered.id())
            .put("schema", registered.schema())
            .put("deleted", false));
  }

  static byte[] configKey(Optional<String> subject) {
    return bytes(
        JSON.createObjectNode()
            .put("keytype", "CONFIG")
            .put("subject", subject.orElse(null))
            .put("magic", 0));
  }

  static byte[] configValue(Level level) {
    return bytes(JSON.createObjectNode().put("compatibilityLevel", level.name()));
  }

  static StoredRecord read(byte[] key, byte @Nullable [] value) throws IOException {
    JsonNode name = JSON.readTree(key);
    String subject = name.path("subject").asText("");
    @Nullable JsonNode content = value == null ? null : JSON.readTree(value);
    return switch (name.path("keytype").asText()) {
      case "SCHEMA" ->
          content == null
              ? new RemovedRecord(subject, name.path("version").asInt())
              : schema(content);
      case "CONFIG" ->
          new ConfigRecord(
              Optional.of(subject).filter(s -> !s.isEmpty()),
              Optional.ofNullable(content)
                  .map(c -> Level.of(c.path("compatibilityLevel").asText())));
      case "DELETE_SUBJECT" ->
          content == null
              ? new OtherRecord()
              : new SubjectDeletedRecord(subject, content.path("version").asInt());
      default -> new OtherRecord();
    };
  }

  private static StoredRecord schema(JsonNode content) {
    return new SchemaRecord(
        new Registered(
            content.path("subject").asText(),
            content.path("version").asInt(),
            content.path("id").asInt(),
            content.path("schema").asText()),
        content.path("deleted").asBoolean());
  }

  private static byte[] bytes(ObjectNode json) {
    return json.toString().getBytes(UTF_8);
  }
}
