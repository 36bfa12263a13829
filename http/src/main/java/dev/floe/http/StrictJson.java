package dev.floe.http;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import dev.floe.kernel.Rfc3339;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Instant;

/**
 * Has every body mean exactly what it says: what is misspelt, said twice, of another type or
 * written behind the end is refused, for it would have had no effect, or another one. Times go out
 * in one width.
 */
@Singleton
final class StrictJson implements BeanCreatedEventListener<ObjectMapper> {

  @Override
  public ObjectMapper onCreated(BeanCreatedEvent<ObjectMapper> created) {
    return strict(created.getBean());
  }

  static ObjectMapper strict(ObjectMapper mapper) {
    mapper.enable(
        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
        DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    mapper.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    mapper.setDefaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL));
    for (CoercionInputShape shape : CoercionInputShape.values()) {
      if (shape != CoercionInputShape.EmptyString) {
        mapper.coercionConfigFor(LogicalType.Textual).setCoercion(shape, CoercionAction.Fail);
      }
    }
    var _ =
        mapper
            .coercionConfigFor(LogicalType.POJO)
            .setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail);
    return mapper.registerModule(
        new SimpleModule()
            .addDeserializer(boolean.class, new Flag())
            .addSerializer(Instant.class, new Time()));
  }

  private static final class Time extends JsonSerializer<Instant> {
    @Override
    public void serialize(Instant time, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(Rfc3339.text(time));
    }
  }

  /** True or false; left out it is false, but null is neither. */
  private static final class Flag extends StdScalarDeserializer<Boolean> {

    private static final long serialVersionUID = 1L;

    Flag() {
      super(boolean.class);
    }

    @Override
    public Boolean deserialize(JsonParser json, DeserializationContext context) throws IOException {
      return switch (json.currentToken()) {
        case VALUE_TRUE -> true;
        case VALUE_FALSE -> false;
        default -> (Boolean) context.handleUnexpectedToken(boolean.class, json);
      };
    }

    @Override
    public Boolean getNullValue(DeserializationContext context) throws JsonMappingException {
      return context.reportInputMismatch(boolean.class, "null is neither true nor false");
    }

    @Override
    public Boolean getAbsentValue(DeserializationContext context) {
      return false;
    }
  }
}
