package dev.floe.manifest;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How versions age.
 *
 * @param supportWindow how long after its creation a version is supported; null for ever
 * @param deprecationNotice how long before its end of life a version counts as deprecated
 * @param reminders how long before an end of life the teams are reminded
 * @param blockEol whether versions past their end of life are refused
 */
public record Lifecycle(
    Map<Version, Entry> versions,
    @Nullable Span supportWindow,
    Span deprecationNotice,
    List<Span> reminders,
    boolean blockEol) {

  public static final Lifecycle DEFAULT =
      new Lifecycle(
          Map.of(),
          null,
          Span.days(30),
          List.of(Span.days(90), Span.days(30), Span.days(7), Span.days(1)),
          false);

  public Lifecycle {
    versions = Ordered.map(versions);
    reminders = List.copyOf(reminders);
  }

  /** The state of a version. */
  public enum Status {
    ACTIVE,
    DEPRECATED,
    EOL
  }

  /** What the manifest says about one version; null where it says nothing. */
  public record Entry(
      @Nullable Status status,
      @Nullable LocalDate eolDate,
      @Nullable LocalDate deprecationDate,
      @Nullable Version replacement,
      @Nullable Span supportWindow) {}
}
