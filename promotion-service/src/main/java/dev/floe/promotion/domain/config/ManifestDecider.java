package dev.floe.promotion.domain.config;

import static dev.floe.manifest.Problem.Severity.ERROR;

import dev.floe.access.Access;
import dev.floe.access.AccessRules;
import dev.floe.kernel.Actor;
import dev.floe.kernel.Asked;
import dev.floe.kernel.Decider;
import dev.floe.kernel.Decision;
import dev.floe.kernel.Recorded;
import dev.floe.kernel.Refusal;
import dev.floe.manifest.Manifest;
import dev.floe.manifest.Permission;
import dev.floe.manifest.Problem;
import dev.floe.manifest.ProblemCode;
import dev.floe.promotion.domain.config.ManifestCommand.ApplyManifest;
import dev.floe.promotion.domain.config.ManifestCommand.RefuseManifest;
import dev.floe.promotion.domain.config.ManifestEvent.ManifestApplied;
import dev.floe.promotion.domain.config.ManifestEvent.ManifestRefused;
import dev.floe.promotion.domain.rule.Reasons;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who may change the rules, and that one change does not silently undo another. */
public final class ManifestDecider
    implements Decider<ManifestCommand, Configuration, ManifestEvent> {

  private final @Nullable String startedBy;

  /**
   * Decides for one system.
   *
   * @param startedBy the person who started an embedded system; null where there is none
   */
  public ManifestDecider(@Nullable String startedBy) {
    this.startedBy = startedBy;
  }

  @Override
  public Configuration initialState() {
    return Configuration.NONE;
  }

  @Override
  public Decision<ManifestEvent> decide(Configuration now, Asked<ManifestCommand> asked) {
    List<Refusal> mayNot = whyNot(now, asked.by()).stream().toList();
    return switch (asked.command()) {
      case ApplyManifest c -> apply(now, c, mayNot);
      case RefuseManifest c -> refuse(c, mayNot);
    };
  }

  @Override
  public Configuration evolve(Configuration now, Recorded<ManifestEvent> fact) {
    return switch (fact.event()) {
      case ManifestApplied e ->
          new Configuration(e.revision(), e.sha256(), Manifest.fromCanonicalJson(e.manifest()));
      case ManifestRefused _ -> now;
    };
  }

  private Decision<ManifestEvent> apply(Configuration now, ApplyManifest c, List<Refusal> mayNot) {
    Manifest current = now.manifest();
    if (current != null && current.canonicalJson().equals(c.manifest())) {
      // Whoever may do nothing may say so: a system is started with the file that is in force.
      return Decision.alreadyDone();
    }
    List<Refusal> reasons =
        Stream.of(mayNot.stream(), invalid(c).stream()).flatMap(found -> found).toList();
    List<Refusal> all =
        Stream.of(
                reasons.stream(),
                otherRevision(now, c).stream(),
                reasons.isEmpty() ? emptied(now, c).stream() : Stream.<Refusal>empty())
            .flatMap(found -> found)
            .toList();
    return all.isEmpty()
        ? Decision.accept(new ManifestApplied(now.revision() + 1, c.sha256(), c.manifest()))
        : Decision.refuse(all, new ManifestRefused(c.sha256(), List.of(), all));
  }

  /** A slip, such as half a file, must not open everything. */
  private static Optional<Refusal> emptied(Configuration now, ApplyManifest c) {
    Manifest current = now.manifest();
    if (c.allowEmpty() || current == null) {
      return Optional.empty();
    }
    Manifest offered = Manifest.fromCanonicalJson(c.manifest());
    boolean gates = current.hasGates() && !offered.hasGates();
    boolean teams = !current.teams().isEmpty() && offered.teams().isEmpty();
    String what = gates && teams ? "gates and teams" : gates ? "gates" : "teams";
    return gates || teams
        ? Optional.of(
            Reasons.because(
                ProblemCode.INVALID_MANIFEST,
                "The manifest has no %s, and revision %d, which is in force, has some."
                    .formatted(what, now.revision()),
                "If that is meant, say so: floe config apply FILE --allow-empty"))
        : Optional.empty();
  }

  private static Decision<ManifestEvent> refuse(RefuseManifest c, List<Refusal> mayNot) {
    if (!mayNot.isEmpty()) {
      return Decision.refuse(mayNot, new ManifestRefused(c.sha256(), List.of(), mayNot));
    }
    var refused = new ManifestRefused(c.sha256(), c.problems(), List.of());
    return Decision.refuse(because(refused), refused);
  }

  /** The reasons behind a refusal's fact: those it names, or else the manifest's own problems. */
  public static List<Refusal> because(ManifestRefused refused) {
    if (!refused.reasons().isEmpty()) {
      return refused.reasons();
    }
    List<Problem> errors =
        refused.problems().stream().filter(problem -> problem.severity() == ERROR).toList();
    String count = errors.size() == 1 ? "1 error" : errors.size() + " errors";
    return List.of(
        !errors.isEmpty() && errors.stream().allMatch(Problem::isNotSupportedYet)
            ? Reasons.because(
                ProblemCode.NOT_SUPPORTED_YET,
                "The manifest has settings that are not supported yet (%d)."
                    .formatted(errors.size()),
                "Remove them; each is named with its line.")
            : Reasons.because(
                ProblemCode.INVALID_MANIFEST,
                "The manifest has %s.".formatted(count),
                "Correct each of them; floe config validate FILE lists them."));
  }

  /**
   * Why {@code actor} may not change the rules; empty if they may.
   *
   * <p>The permission is that of the manifest in force, never of the one that is offered. Before
   * the first one only whoever runs the system may; and the service itself always may, for it
   * speaks for the file it was started with.
   */
  public Optional<Refusal> whyNot(Configuration now, Actor actor) {
    if (actor.kind() == Actor.Kind.SYSTEM) {
      return Optional.empty();
    }
    if (actor.kind() == Actor.Kind.SIGNER) {
      // What a signer sends over Kafka lacks the text that gates' commands are read from.
      return Optional.of(
          Reasons.because(
              ProblemCode.NOT_AUTHORISED,
              "'%s' cannot apply a manifest over Kafka.".formatted(actor.name()),
              "Apply it over HTTP: floe config apply FILE"));
    }
    Manifest manifest = now.manifest();
    if (manifest != null) {
      return Access.refuse(new AccessRules(manifest, startedBy), actor, Permission.CONFIGURE, null);
    }
    return actor.isPerson() && actor.name().equals(startedBy)
        ? Optional.empty()
        : Optional.of(
            Reasons.because(
                ProblemCode.NOT_AUTHORISED,
                "'%s' may not apply the first manifest.".formatted(actor.name()),
                startedBy == null ? "" : startedBy,
                "Start the service with the manifest instead."));
  }

  /** A command that came past the HTTP door must hold what that door makes of a manifest. */
  private static Optional<Refusal> invalid(ApplyManifest c) {
    String why;
    try {
      String canonical = Manifest.fromCanonicalJson(c.manifest()).canonicalJson();
      why = canonical.equals(c.manifest()) ? "" : "it is not in canonical form";
    } catch (IllegalArgumentException wrong) {
      why = String.valueOf(wrong.getMessage());
    }
    return why.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Reasons.because(
                ProblemCode.INVALID_MANIFEST,
                "The manifest cannot be used: %s.".formatted(why),
                "Apply it with: floe config apply FILE"));
  }

  private static Optional<Refusal> otherRevision(Configuration now, ApplyManifest c) {
    Integer expected = c.expectedRevision();
    return expected == null || expected == now.revision()
        ? Optional.empty()
        : Optional.of(
            Reasons.because(
                ProblemCode.REVISION_DIFFERS,
                "Revision %d is in force, not %d.".formatted(now.revision(), expected),
                "See what changed with floe config show, then apply again."));
  }
}
