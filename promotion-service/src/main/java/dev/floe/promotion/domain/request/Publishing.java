package dev.floe.promotion.domain.request;

import static dev.floe.promotion.domain.request.NamingGuards.noVersion;
import static dev.floe.promotion.domain.rule.Reasons.because;

import dev.floe.access.Access;
import dev.floe.kernel.Asked;
import dev.floe.kernel.Decision;
import dev.floe.kernel.Refusal;
import dev.floe.manifest.Environment;
import dev.floe.manifest.InvalidWord;
import dev.floe.manifest.Manifest;
import dev.floe.manifest.Permission;
import dev.floe.manifest.ProblemCode;
import dev.floe.manifest.Version;
import dev.floe.manifest.VersionRef;
import dev.floe.promotion.domain.line.Published;
import dev.floe.promotion.domain.line.ReleaseLine;
import dev.floe.promotion.domain.message.PromotionCommand.RegisterVersion;
import dev.floe.promotion.domain.message.PromotionEvent;
import dev.floe.promotion.domain.message.PromotionEvent.ArtifactPublished;
import dev.floe.promotion.domain.message.PromotionEvent.CommandRefused;
import dev.floe.promotion.domain.rule.Plans;
import dev.floe.promotion.domain.rule.Rules;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Takes a version into the first environment, once and for good. */
public final class Publishing {

  private Publishing() {}

  public static Decision<PromotionEvent> register(
      ReleaseLine line, Asked<?> asked, Rules rules, RegisterVersion c) {
    Manifest manifest = rules.manifest();
    VersionRef ref;
    try {
      ref = manifest.versionRef(c.version());
    } catch (InvalidWord wrong) {
      return refuse(
          c, reasons(asked, rules, Stream.of(noVersion(String.valueOf(wrong.getMessage())))));
    }
    Optional<Published> known = line.versions().get(ref.version());
    List<Refusal> reasons =
        reasons(
            asked, rules, Stream.concat(elsewhere(manifest, ref), taken(ref.version(), known, c)));
    if (!reasons.isEmpty()) {
      return refuse(c, reasons);
    }
    return known.isPresent()
        ? Decision.alreadyDone()
        : Decision.accept(published(line, asked.subject(), manifest.first(), ref.version(), c));
  }

  private static List<Refusal> reasons(Asked<?> asked, Rules rules, Stream<Refusal> more) {
    Environment first = rules.manifest().first();
    Stream<Refusal> before =
        Stream.of(
                Access.refuse(rules.access(), asked.by(), Permission.PUBLISH, first.name()),
                unreachable(first),
                Artifacts.unknown(rules.manifest(), asked.subject()))
            .flatMap(Optional::stream);
    return Stream.concat(before, more).toList();
  }

  private static Optional<Refusal> unreachable(Environment first) {
    return first.primary().isPresent()
        ? Optional.empty()
        : Optional.of(
            because(
                ProblemCode.BAD_REQUEST,
                "The manifest names no registry for %s.".formatted(first.name()),
                "Add registry: to it and apply the manifest."));
  }

  /** Only the first environment is written to from outside. */
  private static Stream<Refusal> elsewhere(Manifest manifest, VersionRef ref) {
    String suffix = ref.environment();
    return suffix == null || manifest.isFirst(suffix)
        ? Stream.empty()
        : Stream.of(
            because(
                ProblemCode.SKIPPED_ENVIRONMENT,
                "Versions are published to %s only; they reach %s by promotion."
                    .formatted(manifest.first().name(), suffix),
                "Publish %s, then promote it.".formatted(ref.version())));
  }

  private static Stream<Refusal> taken(
      Version version, Optional<Published> known, RegisterVersion c) {
    return known.stream()
        .filter(published -> !published.digest().equals(c.digest()))
        .map(
            published ->
                because(
                    ProblemCode.IMMUTABLE_TAG,
                    "%s is %s and stays that; %s cannot replace it."
                        .formatted(version, published.digest(), c.digest()),
                    "Publish a new version."));
  }

  /**
   * An older version that is published late gets its own tag only: {@code latest} follows the last
   * publication unless that one is older than what it points at.
   */
  private static ArtifactPublished published(
      ReleaseLine line, String artifact, Environment first, Version version, RegisterVersion c) {
    String tag = version + "-" + first.name();
    List<String> tags =
        line.slot(first.name()).isAhead(version) ? List.of(tag) : first.liveTags(version);
    return new ArtifactPublished(
        version,
        c.digest(),
        first.name(),
        Plans.primary(first).url().ref(artifact, tag).toString(),
        c.size(),
        c.mediaType(),
        first.registries().stream().map(Plans::target).toList(),
        tags);
  }

  private static Decision<PromotionEvent> refuse(RegisterVersion c, List<Refusal> reasons) {
    return Decision.refuse(
        reasons, new CommandRefused("RegisterVersion", null, c.version(), reasons));
  }
}
