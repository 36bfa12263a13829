package dev.floe.promotion.domain.request;

import static dev.floe.promotion.domain.request.NamingGuards.noEnvironment;
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
import dev.floe.promotion.domain.line.Presence;
import dev.floe.promotion.domain.line.ReleaseLine;
import dev.floe.promotion.domain.line.Slot;
import dev.floe.promotion.domain.message.PromotionCommand.TagVersion;
import dev.floe.promotion.domain.message.PromotionEvent;
import dev.floe.promotion.domain.message.PromotionEvent.CommandRefused;
import dev.floe.promotion.domain.message.PromotionEvent.TagRepaired;
import dev.floe.promotion.domain.rule.Plans;
import dev.floe.promotion.domain.rule.Rules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sets the tags again that the log gives a version, and no others: a repair, never a promotion. */
public final class Repairing {

  private Repairing() {}

  public static Decision<PromotionEvent> tag(
      ReleaseLine line, Asked<?> asked, Rules rules, TagVersion c) {
    Manifest manifest = rules.manifest();
    Optional<Environment> environment = manifest.environment(c.environment());
    List<Refusal> reasons = new ArrayList<>();
    Access.refuse(rules.access(), asked.by(), Permission.TAG, c.environment())
        .ifPresent(reasons::add);
    Artifacts.unknown(manifest, asked.subject()).ifPresent(reasons::add);
    if (environment.isEmpty()) {
      reasons.add(noEnvironment(manifest, c.environment()));
    }
    VersionRef ref;
    try {
      ref = manifest.versionRef(c.version());
    } catch (InvalidWord wrong) {
      reasons.add(noVersion(String.valueOf(wrong.getMessage())));
      return refuse(c, reasons);
    }
    Slot slot = line.slot(c.environment());
    Optional<Presence> presence = slot.presence(ref.version());
    if (environment.isPresent() && presence.isEmpty()) {
      reasons.add(neverThere(manifest, ref.version(), c.environment()));
    }
    line.holder(c.environment()).map(holder -> busy(c, holder.id())).ifPresent(reasons::add);
    if (!reasons.isEmpty()) {
      return refuse(c, reasons);
    }
    return Decision.accept(
        repaired(line, manifest, environment.orElseThrow(), ref.version(), presence.orElseThrow()));
  }

  private static TagRepaired repaired(
      ReleaseLine line, Manifest manifest, Environment in, Version version, Presence presence) {
    List<String> tags =
        new ArrayList<>(
            line.slot(in.name()).isLive(version)
                ? in.liveTags(version)
                : List.of(version + "-" + in.name()));
    if (manifest.isLast(in.name()) && presence.sound()) {
      tags.add(version.toString());
    }
    return new TagRepaired(
        line.nextRepair(),
        version,
        presence.digest(),
        in.name(),
        in.registries().stream().map(Plans::target).toList(),
        tags);
  }

  private static Refusal neverThere(Manifest manifest, Version version, String environment) {
    String remedy =
        manifest.isFirst(environment)
            ? "Publish it: floe platform publish %s --from DIR".formatted(version)
            : "Promote it: floe platform promote %s %s".formatted(version, environment);
    return because(
        ProblemCode.NEVER_IN_ENVIRONMENT,
        "%s was never in %s; only tags that the log gives it can be set again by hand."
            .formatted(version, environment),
        remedy);
  }

  private static Refusal busy(TagVersion c, String holder) {
    return because(
        ProblemCode.SLOT_BUSY,
        "%s is in progress in %s.".formatted(holder, c.environment()),
        "Try again after it has ended.");
  }

  private static Decision<PromotionEvent> refuse(TagVersion c, List<Refusal> reasons) {
    return Decision.refuse(reasons, new CommandRefused("TagVersion", null, c.version(), reasons));
  }
}
