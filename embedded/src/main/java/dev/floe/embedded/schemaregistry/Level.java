package dev.floe.embedded.schemaregistry;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.Incompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/** How far a new schema and the earlier ones of its subject must read each other. */
public enum Level {
  NONE(false, false, false),
  BACKWARD(true, false, false),
  BACKWARD_TRANSITIVE(true, false, true),
  FORWARD(false, true, false),
  FORWARD_TRANSITIVE(false, true, true),
  FULL(true, true, false),
  FULL_TRANSITIVE(true, true, true);

  private final boolean newReadsOld;
  private final boolean oldReadsNew;
  private final boolean everyOld;

  Level(boolean newReadsOld, boolean oldReadsNew, boolean everyOld) {
    this.newReadsOld = newReadsOld;
    this.oldReadsNew = oldReadsNew;
    this.everyOld = everyOld;
  }

  static Level of(String name) {
    return Stream.of(values())
        .filter(level -> level.name().equals(name.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() -> RegistryRefusal.invalidLevel(name));
  }

  /** What stands against {@code fresh} after {@code earlier}, oldest first; empty is compatible. */
  List<String> objections(Schema fresh, List<Schema> earlier) {
    List<Schema> judges =
        everyOld
            ? earlier.reversed()
            : earlier.subList(Math.max(0, earlier.size() - 1), earlier.size());
    List<String> objections = new ArrayList<>();
    for (Schema old : judges) {
      if (newReadsOld) {
        objections.addAll(objections("new", fresh, "earlier", old));
      }
      if (oldReadsNew) {
        objections.addAll(objections("earlier", old, "new", fresh));
      }
    }
    return objections;
  }

  private static List<String> objections(
      String reading, Schema reader, String written, Schema writer) {
    var result = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getResult();
    return result.getCompatibility() == SchemaCompatibilityType.COMPATIBLE
        ? List.of()
        : result.getIncompatibilities().stream()
            .map(found -> objection(reading, written, found))
            .toList();
  }

  private static String objection(String reading, String written, Incompatibility found) {
    return "the %s schema cannot read what the %s one wrote: %s at %s (%s)"
        .formatted(reading, written, found.getType(), found.getLocation(), found.getMessage());
  }
}
