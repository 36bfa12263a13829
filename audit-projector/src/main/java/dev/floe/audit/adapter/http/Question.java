package dev.floe.audit.adapter.http;

import dev.floe.audit.view.CursorText;
import dev.floe.audit.view.EntryFilter;
import dev.floe.audit.view.EventName;
import dev.floe.http.ProblemException;
import dev.floe.manifest.InvalidWord;
import dev.floe.manifest.Manifest;
import dev.floe.manifest.ProblemCode;
import dev.floe.manifest.VersionRef;
import io.micronaut.http.HttpRequest;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request's parameters, each read once and refused by name where it is not what it should be. */
record Question(HttpRequest<?> request) {

  private static final int LIMIT = 50;
  private static final int MOST = 1_000;

  /** The parameter; null where it is missing or empty. */
  @Nullable String text(String name) {
    String value = request.getParameters().get(name);
    return value == null || value.isBlank() ? null : value.trim();
  }

  boolean flag(String name) {
    String value = request.getParameters().get(name);
    return switch (value) {
      case null -> false;
      case "", "true" -> true;
      case "false" -> false;
      default -> throw bad(name, value, "true or false");
    };
  }

  /** A point in time, or a day's beginning in UTC. */
  @Nullable Instant time(String name) {
    String value = text(name);
    if (value == null) {
      return null;
    }
    String full = value.length() == "2024-01-15".length() ? value + "T00:00:00Z" : value;
    return CursorText.time(full)
        .orElseThrow(
            () ->
                bad(
                    name,
                    value,
                    "a time such as 2024-01-15T10:30:00Z, or a day such as 2024-01-15"));
  }

  int limit() {
    String value = text("limit");
    if (value == null) {
      return LIMIT;
    }
    try {
      int limit = Integer.parseInt(value);
      if (limit >= 1 && limit <= MOST) {
        return limit;
      }
    } catch (NumberFormatException _) {
      // Told below, like any other number that is no limit.
    }
    throw bad("limit", value, "a number from 1 to %d".formatted(MOST));
  }

  /** An artifact by name; of a full reference its name is taken. */
  @Nullable String artifact() {
    String value = text("artifact");
    if (value == null) {
      return null;
    }
    String name = value.substring(value.lastIndexOf('/') + 1);
    return name.replaceFirst("[:@].*$", "");
  }

  /** A version without the environment it may be written with. */
  @Nullable String version(Manifest manifest) {
    String value = text("version");
    return value == null ? null : version(manifest, value);
  }

  static String version(Manifest manifest, String written) {
    try {
      VersionRef ref = manifest.versionRef(written);
      return ref.version().toString();
    } catch (InvalidWord invalid) {
      throw new ProblemException(
          ProblemCode.INVALID_VERSION,
          String.valueOf(invalid.getMessage()),
          "Write a version such as v1.2.3 or v1.2.3-rc1.");
    }
  }

  EntryFilter filter(Manifest manifest) {
    String event = text("event");
    List<String> events =
        event == null
            ? List.of()
            : Arrays.stream(event.split(",", -1)).map(String::trim).map(EventName::of).toList();
    return new EntryFilter(
        artifact(),
        version(manifest),
        text("env"),
        text("user"),
        events,
        text("request"),
        time("from"),
        time("to"),
        text("text"));
  }

  static ProblemException bad(String name, String value, String expected) {
    return new ProblemException(
        ProblemCode.BAD_REQUEST,
        "The parameter '%s' is '%s'.".formatted(name, value),
        "Send %s.".formatted(expected));
  }
}
