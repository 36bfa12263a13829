package dev.floe.promotion.domain.request;

import dev.floe.kernel.Asked;
import dev.floe.manifest.Digest;
import dev.floe.manifest.Environment;
import dev.floe.manifest.InvalidWord;
import dev.floe.manifest.Manifest;
import dev.floe.manifest.Version;
import dev.floe.manifest.VersionRef;
import dev.floe.promotion.domain.line.Ended;
import dev.floe.promotion.domain.line.Published;
import dev.floe.promotion.domain.line.ReleaseLine;
import dev.floe.promotion.domain.line.Slot;
import dev.floe.promotion.domain.message.Plan;
import dev.floe.promotion.domain.message.PromotionCommand.RequestPromotion;
import dev.floe.promotion.domain.rule.Plans;
import dev.floe.promotion.domain.rule.Rules;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request with everything it speaks of looked up, as far as it exists.
 *
 * @param ref null where the version is none; then {@code invalidVersion} says why
 * @param target the environment to enter; null where there is none of that name
 * @param source the environment before it; null for the first and for unknown ones
 * @param published null where the version is not known
 */
record Question(
    Rules rules,
    ReleaseLine line,
    Asked<?> asked,
    RequestPromotion command,
    @Nullable VersionRef ref,
    String invalidVersion,
    @Nullable Environment target,
    @Nullable Environment source,
    @Nullable Published published) {

  /** The parts of a request that name things which exist and stand next to each other. */
  record Step(Version version, Digest digest, Environment source, Environment target, Plan plan) {}

  static Question of(Rules rules, ReleaseLine line, Asked<?> asked, RequestPromotion command) {
    Manifest manifest = rules.manifest();
    VersionRef ref = null;
    String invalid = "";
    try {
      ref = manifest.versionRef(command.version());
    } catch (InvalidWord wrong) {
      invalid = String.valueOf(wrong.getMessage());
    }
    return new Question(
        rules,
        line,
        asked,
        command,
        ref,
        invalid,
        manifest.environment(command.to()).orElse(null),
        manifest.before(command.to()).orElse(null),
        ref == null ? null : line.versions().get(ref.version()).orElse(null));
  }

  Manifest manifest() {
    return rules.manifest();
  }

  Optional<Version> version() {
    return Optional.ofNullable(ref).map(VersionRef::version);
  }

  Optional<Environment> targetFound() {
    return Optional.ofNullable(target);
  }

  Slot slot() {
    return line.slot(command.to());
  }

  Optional<Ended> retried() {
    return Optional.ofNullable(command.retry()).flatMap(id -> line.ended().get(id));
  }

  /** The step it asks for, if everything it names exists. */
  Optional<Step> step() {
    if (ref == null || published == null || source == null || target == null) {
      return Optional.empty();
    }
    if (source.primary().isEmpty() || target.primary().isEmpty()) {
      return Optional.empty();
    }
    Plan plan = Plans.plan(manifest(), source, target, ref.version(), command.registries());
    return Optional.of(new Step(ref.version(), published.digest(), source, target, plan));
  }

  /** Place on the path, from 0; -1 for an environment that does not exist. */
  int place(String environment) {
    return manifest().environmentNames().indexOf(environment);
  }

  List<String> path() {
    return manifest().environmentNames();
  }
}
