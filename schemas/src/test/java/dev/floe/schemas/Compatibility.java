package dev.floe.schemas;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.SchemaValidationException;
import org.apache.avro.SchemaValidator;
import org.apache.avro.SchemaValidatorBuilder;

/** FULL_TRANSITIVE: each version reads, and is read by, every version that was ever released. */
final class Compatibility {

  private static final SchemaValidator ALL =
      new SchemaValidatorBuilder().mutualReadStrategy().validateAll();

  private Compatibility() {}

  /** What breaks between {@code current} and {@code released}, one sentence each. */
  static List<String> broken(List<Schema> current, List<Schema> released) {
    Map<String, Schema> byName =
        current.stream().collect(Collectors.toMap(Schema::getFullName, Function.identity()));
    List<String> broken = new ArrayList<>();
    for (Schema old : released) {
      Schema schema = byName.get(old.getFullName());
      if (schema == null) {
        broken.add("%s was released and is gone".formatted(old.getFullName()));
        continue;
      }
      try {
        ALL.validate(schema, List.of(old));
      } catch (SchemaValidationException differs) {
        broken.add(
            "%s and its released version do not read each other: %s"
                .formatted(old.getFullName(), differs.getMessage()));
      }
    }
    return broken;
  }
}
