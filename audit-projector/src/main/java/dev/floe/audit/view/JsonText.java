package dev.floe.audit.view;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.floe.kernel.Rfc3339;
import java.io.IOException;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The one way in which views become JSON text, and stored ones views again. */
public final class JsonText {

  /** A zero character is fine in JSON, and in no text of PostgreSQL. */
  private static final Pattern ZERO = Pattern.compile("(?<!\\\\)((?:\\\\\\\\)*)\\\\u0000");

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .registerModule(
              new SimpleModule()
                  .addSerializer(Instant.class, new WriteInstant())
                  .addDeserializer(Instant.class, new ReadInstant()));

  private JsonText() {}

  public static String write(Object view) {
    try {
      String text = JSON.writeValueAsString(view);
      return text.contains("\\u0000") ? ZERO.matcher(text).replaceAll("$1\uFFFD") : text;
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("a view cannot be written as JSON", impossible);
    }
  }

  public static <T> T read(String text, Class<T> type) {
    try {
      return JSON.readValue(text, type);
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException(
          "a stored %s cannot be read; rebuild the projections".formatted(type.getSimpleName()),
          broken);
    }
  }

  public static <T> T read(String text, TypeReference<T> type) {
    try {
      return JSON.readValue(text, type);
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException(
          "a stored %s cannot be read; rebuild the projections".formatted(type.getType()), broken);
    }
  }

  /** {@code null} for a part that nothing is known of. */
  public static <T> @Nullable T readOrNull(@Nullable String text, Class<T> type) {
    return text == null ? null : read(text, type);
  }

  public static @Nullable String writeOrNull(@Nullable Object view) {
    return view == null ? null : write(view);
  }

  private static final class WriteInstant extends JsonSerializer<Instant> {
    @Override
    public void serialize(Instant value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(Rfc3339.text(value));
    }
  }

  private static final class ReadInstant extends StdDeserializer<Instant> {
    ReadInstant() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser json, DeserializationContext context) throws IOException {
      return Instant.parse(json.getText());
    }
  }
}
