package dev.floe.manifest;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads which versions stay and how they age. */
final class ArtifactsReader {

  /** Whatever pattern matches all of these protects every version there will be. */
  private static final List<String> SAMPLES =
      List.of("v0.0.1", "v1.2.3", "v10.20.30", "v3.0.7", "v99.1.44");

  private final Reading reading;

  ArtifactsReader(Reading reading) {
    this.reading = reading;
  }

  Retention retention(Section section) {
    Retention defaults = Retention.DEFAULT;
    for (Node pattern : section.textNodes("protected_tags")) {
      if (SAMPLES.stream().allMatch(tag -> Glob.matches(Scalars.text(pattern), tag))) {
        String message =
            "%s protects every version: nothing will ever be collected"
                .formatted(Scalars.text(pattern));
        reading.problems().warning(pattern, message, "name the tags that must stay, such as v1.*");
      }
    }
    return new Retention(
        section.count("keep_last_versions", defaults.keepLastVersions(), 0),
        Objects.requireNonNullElse(section.span("keep_duration_days"), defaults.keepDuration()),
        section.texts("protected_tags"),
        section.word("delete_schedule", Words::schedule).orElse(null),
        Objects.requireNonNullElse(section.span("notice"), defaults.notice()));
  }

  Lifecycle lifecycle(Section section) {
    Lifecycle defaults = Lifecycle.DEFAULT;
    Map<Version, Lifecycle.Entry> versions = new LinkedHashMap<>();
    section
        .entries()
        .forEach(
            (key, entry) -> {
              if (!Keys.LIFECYCLE.known().contains(key)) {
                version(section, key, entry, versions);
              }
            });
    List<Span> reminders = new ArrayList<>();
    for (Node node : section.textNodes("reminders")) {
      Stream.ofNullable(Times.span(reading, node, "reminders", true)).forEach(reminders::add);
    }
    return new Lifecycle(
        versions,
        section.span("support_window"),
        Objects.requireNonNullElse(
            section.span("deprecation_notice"), defaults.deprecationNotice()),
        section.has("reminders") ? reminders : defaults.reminders(),
        section.flag("block_eol", defaults.blockEol()));
  }

  private void version(
      Section section, String key, Section.Entry entry, Map<Version, Lifecycle.Entry> into) {
    if (!key.matches("v[0-9].*")) {
      section.unknown(key, entry.key());
      return;
    }
    reading
        .word(entry.key(), Version::parse)
        .ifPresent(version -> into.put(version, entry(version, entry.value())));
  }

  private Lifecycle.Entry entry(Version version, Node node) {
    Section section = Section.of(reading, node, Keys.LIFECYCLE_ENTRY);
    LocalDate eol = section.word("eol_date", Words::date).orElse(null);
    LocalDate deprecation = section.word("deprecation_date", Words::date).orElse(null);
    if (eol != null && deprecation != null && deprecation.isAfter(eol)) {
      String message = "%s is deprecated after its end of life".formatted(version);
      reading.problems().error(section.place("deprecation_date"), message, "exchange the dates");
    }
    Version replacement = section.word("replacement", Version::parse).orElse(null);
    if (version.equals(replacement)) {
      String message = "%s cannot replace itself".formatted(version);
      reading.problems().error(section.place("replacement"), message, "name another version");
    }
    Lifecycle.Status status =
        section.has("status")
            ? section.choice("status", Lifecycle.Status.class, Lifecycle.Status.ACTIVE)
            : null;
    return new Lifecycle.Entry(
        status, eol, deprecation, replacement, section.span("support_window"));
  }
}
