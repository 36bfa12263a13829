package dev.floe.audit.adapter.http;

import dev.floe.audit.view.CursorText;
import dev.floe.audit.view.EntryFilter;
import dev.floe.audit.view.EventName;
import dev.floe.http.ProblemException;
import dev.floe.manifest.FreeText;
import dev.floe.manifest.Manifest;
import dev.floe.manifest.Name;
import dev.floe.manifest.ProblemCode;
import dev.floe.messaging.RecordPosition;
import dev.floe.schemas.EventTypes;
import io.micronaut.http.HttpRequest;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request's parameters, each read once and refused by name where it is not what it should be. */
record Question(HttpRequest<?> request, Known known) {

  private static final int LIMIT = 50;
  private static final int MOST = 1_000;
  private static final List<String> EVENTS =
      EventTypes.all().stream().map(EventName::of).sorted().distinct().toList();

  /** The parameter; null where it is missing. */
  @Nullable String text(String name) {
    String value = request.getParameters().get(name);
    if (value == null) {
      return null;
    }
    if (value.isBlank()) {
      throw bad(name, "", "a value, or leave the parameter out");
    }
    if (!FreeText.told(value).equals(value)) {
      throw bad(name, value, "at most %,d visible characters".formatted(FreeText.LONGEST));
    }
    return value.trim();
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

  /** One of a few words. */
  @Nullable String word(String name, List<String> words) {
    String value = text(name);
    if (value != null && !words.contains(value)) {
      throw bad(name, value, "one of: " + Known.meant(value, words));
    }
    return value;
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
    return artifact(name.replaceFirst("[:@].*$", ""));
  }

  /** An artifact that a path names. */
  String artifact(String name) {
    known.artifact(Name.ARTIFACT.checked(name));
    return name;
  }

  /** An environment. */
  @Nullable String environment(String parameter) {
    String value = text(parameter);
    if (value != null) {
      known.environment(Name.ENVIRONMENT.checked(value));
    }
    return value;
  }

  /** An environment; null for all of them, by that word or where none is named. */
  @Nullable String oneOrAll(@Nullable String environment) {
    if (environment == null || environment.equals("all")) {
      return null;
    }
    known.environment(Name.ENVIRONMENT.checked(environment));
    return environment;
  }

  /** A version without the environment it may be written with. */
  @Nullable String version() {
    String value = text("version");
    if (value == null) {
      return null;
    }
    String version = version(value);
    known.version(artifact(), version);
    return version;
  }

  /** The version that {@code written} is about. */
  String version(String written) {
    return manifest().versionRef(Name.VERSION.checked(written)).version().toString();
  }

  EntryFilter filter() {
    return new EntryFilter(
        artifact(),
        version(),
        environment("env"),
        text("user"),
        events(),
        id("request"),
        time("from"),
        time("to"),
        text("text"));
  }

  /** Where the client's stream was cut off. */
  Optional<RecordPosition> lastEvent() {
    String id = request.getHeaders().get("Last-Event-ID");
    if (id == null || id.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        RecordPosition.parse(id)
            .orElseThrow(
                () ->
                    new ProblemException(
                        ProblemCode.BAD_REQUEST,
                        "Last-Event-ID is '%s'.".formatted(FreeText.quoted(id)),
                        "Send the id of an event of this stream, or none.")));
  }

  private @Nullable String id(String parameter) {
    String value = text(parameter);
    return value == null ? null : Name.ID.checked(value);
  }

  private List<String> events() {
    String value = text("event");
    if (value == null) {
      return List.of();
    }
    List<String> names =
        Arrays.stream(value.split(",", -1)).map(String::trim).map(EventName::of).toList();
    for (String name : names) {
      if (!EVENTS.contains(name)) {
        throw bad("event", name, "one of: " + Known.meant(name, EVENTS));
      }
    }
    return names;
  }

  private Manifest manifest() {
    return known.manifest();
  }

  static ProblemException bad(String name, String value, String expected) {
    return new ProblemException(
        ProblemCode.BAD_REQUEST,
        "The parameter '%s' is '%s'.".formatted(name, FreeText.quoted(value)),
        "Send %s.".formatted(expected));
  }
}
