package dev.floe.promotion.domain.course;

import static dev.floe.promotion.domain.rule.Reasons.because;

import dev.floe.kernel.Refusal;
import dev.floe.manifest.ProblemCode;
import dev.floe.promotion.domain.line.Grant;
import dev.floe.promotion.domain.line.Presence;
import dev.floe.promotion.domain.line.Progress;
import dev.floe.promotion.domain.line.ReleaseLine;
import dev.floe.promotion.domain.line.Slot;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What must still be true of a promotion right before each effect, however long ago it was asked
 * for. Locks, holds, freezes and ends of life belong here too.
 */
public final class Guards {

  private Guards() {}

  /** Why the promotion may not go live; empty if it may. */
  public static List<Refusal> beforeEffect(ReleaseLine line, Progress progress) {
    return Stream.of(sameDigest(line, progress), stillNewer(line, progress))
        .flatMap(Optional::stream)
        .toList();
  }

  /** The same while its approval is still to be used. */
  public static List<Refusal> beforeStart(ReleaseLine line, Progress progress, Instant now) {
    return Stream.concat(
            beforeEffect(line, progress).stream(), approvalStands(progress, now).stream())
        .toList();
  }

  private static Optional<Refusal> sameDigest(ReleaseLine line, Progress progress) {
    var r = progress.request();
    Optional<Presence> there = line.slot(r.from()).presence(r.version());
    if (there.filter(p -> p.digest().equals(r.digest())).isPresent()) {
      return Optional.empty();
    }
    String found = there.map(p -> p.digest().toString()).orElse("nothing");
    return Optional.of(
        because(
            ProblemCode.DIGEST_DIFFERS,
            "%s in %s was %s when it was requested but is now %s."
                .formatted(r.version(), r.from(), r.digest(), found),
            "Promote it again."));
  }

  private static Optional<Refusal> stillNewer(ReleaseLine line, Progress progress) {
    var r = progress.request();
    Slot slot = line.slot(r.to());
    boolean overtaken = slot.isAhead(r.version()) && !r.downgrade();
    if (!overtaken && !slot.isSoundlyLive(r.version())) {
      return Optional.empty();
    }
    return Optional.of(
        because(
            ProblemCode.NOT_NEWER,
            "%s went live in %s before %s had its turn."
                .formatted(
                    slot.live().map(live -> live.version().toString()).orElse(""),
                    r.to(),
                    r.version()),
            "Promote a newer version, or this one with --downgrade."));
  }

  private static Optional<Refusal> approvalStands(Progress progress, Instant now) {
    Grant grant = progress.grant();
    return grant != null && grant.isExpired(now)
        ? Optional.of(Ends.approvalExpired(progress))
        : Optional.empty();
  }
}
