package dev.floe.promotion.application;

import dev.floe.kernel.Actor;
import dev.floe.kernel.Asked;
import dev.floe.kernel.Journal;
import dev.floe.kernel.Journal.Answer;
import dev.floe.manifest.Digest;
import dev.floe.manifest.Manifest;
import dev.floe.manifest.ManifestParser;
import dev.floe.manifest.Parsed;
import dev.floe.manifest.Problem;
import dev.floe.promotion.domain.config.Configuration;
import dev.floe.promotion.domain.config.ManifestCommand;
import dev.floe.promotion.domain.config.ManifestCommand.ApplyManifest;
import dev.floe.promotion.domain.config.ManifestCommand.RefuseManifest;
import dev.floe.promotion.domain.config.ManifestDecider;
import dev.floe.promotion.domain.config.ManifestEvent;
import dev.floe.promotion.domain.config.ManifestEvent.ManifestApplied;
import dev.floe.promotion.domain.rule.Rules;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Takes manifests as people write them, and puts the good ones in force. */
public final class ManifestDesk {

  private final Journal<ManifestCommand, ManifestEvent> journal;
  private final ManifestDecider decider;
  private final Supplier<Optional<Rules>> inForce;
  private final Revisions revisions;
  private final Deployment deployment;

  /** Tells when a revision is in force everywhere in this process. */
  public interface Revisions {
    CompletableFuture<Void> awaiting(int revision);
  }

  /**
   * What a deployment adds to the manifest's rules.
   *
   * @param startedBy the person who started an embedded system; null where there is none
   * @param store keeps the full text
   * @param completed fills in what this deployment knows, such as its own registries
   */
  public record Deployment(
      @Nullable String startedBy, ManifestStore store, UnaryOperator<Manifest> completed) {}

  /**
   * A manifest as it was given.
   *
   * @param file what problems call it
   * @param expectedRevision that must be in force; null for any
   */
  public record Offer(String yaml, String file, @Nullable Integer expectedRevision) {}

  /**
   * What came of an offer.
   *
   * @param problems errors and warnings in the text
   * @param revision in force now
   */
  public record Outcome(
      Answer<ManifestEvent> answer, List<Problem> problems, String sha256, int revision) {
    public Outcome {
      problems = List.copyOf(problems);
    }
  }

  public ManifestDesk(
      Journal<ManifestCommand, ManifestEvent> journal,
      Supplier<Optional<Rules>> inForce,
      Revisions revisions,
      Deployment deployment) {
    this.journal = journal;
    this.decider = new ManifestDecider(deployment.startedBy());
    this.inForce = inForce;
    this.revisions = revisions;
    this.deployment = deployment;
  }

  /**
   * Puts the offered manifest in force, or records why not. Completes when this process decides by
   * it.
   */
  public CompletableFuture<Outcome> apply(String commandId, Actor by, Offer offer) {
    String sha256 = Digest.sha256(offer.yaml()).hex();
    Parsed parsed = ManifestParser.parse(offer.yaml(), offer.file()).forUse();
    ManifestCommand command =
        parsed.manifest() == null
            ? new RefuseManifest(sha256, parsed.problems())
            : new ApplyManifest(
                sha256,
                deployment.completed().apply(parsed.manifest()).canonicalJson(),
                offer.expectedRevision());
    if (command instanceof ApplyManifest && mayConfigure(by)) {
      // Before it is in force: a gate that starts right after must find its definition.
      deployment.store().keep(offer.yaml());
    }
    return journal
        .submit(new Asked<>(commandId, KEY, Instant.EPOCH, by, command))
        .thenCompose(answer -> outcome(answer, parsed, sha256));
  }

  /** The one key of the configuration's stream. */
  public static final String KEY = "manifest";

  private boolean mayConfigure(Actor by) {
    Configuration now =
        inForce
            .get()
            .map(rules -> new Configuration(rules.revision(), "", rules.manifest()))
            .orElse(Configuration.NONE);
    return decider.whyNot(now, by).isEmpty();
  }

  private CompletableFuture<Outcome> outcome(
      Answer<ManifestEvent> answer, Parsed parsed, String sha256) {
    int applied =
        answer.facts().stream()
            .map(fact -> fact.event())
            .filter(ManifestApplied.class::isInstance)
            .mapToInt(event -> ((ManifestApplied) event).revision())
            .findFirst()
            .orElse(0);
    return revisions
        .awaiting(applied)
        .thenApply(
            _ ->
                new Outcome(
                    answer,
                    parsed.problems(),
                    sha256,
                    inForce.get().map(Rules::revision).orElse(0)));
  }
}
