package dev.floe.promotion.application;

import dev.floe.kernel.Actor;
import dev.floe.kernel.Asked;
import dev.floe.kernel.Journal;
import dev.floe.kernel.Journal.Answer;
import dev.floe.manifest.Digest;
import dev.floe.manifest.Gate;
import dev.floe.manifest.Manifest;
import dev.floe.manifest.ManifestParser;
import dev.floe.manifest.Parsed;
import dev.floe.manifest.Problem;
import dev.floe.manifest.ProblemCode;
import dev.floe.promotion.domain.config.Configuration;
import dev.floe.promotion.domain.config.ManifestCommand;
import dev.floe.promotion.domain.config.ManifestCommand.ApplyManifest;
import dev.floe.promotion.domain.config.ManifestCommand.RefuseManifest;
import dev.floe.promotion.domain.config.ManifestDecider;
import dev.floe.promotion.domain.config.ManifestEvent;
import dev.floe.promotion.domain.config.ManifestEvent.ManifestApplied;
import dev.floe.promotion.domain.rule.Rules;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Takes manifests as people write them, and puts the good ones in force. */
public final class ManifestDesk {

  private final Journal<ManifestCommand, ManifestEvent> journal;
  private final ManifestDecider decider;
  private final Supplier<Optional<Rules>> inForce;
  private final Revisions revisions;
  private final Deployment deployment;

  /**
   * What a command record on Kafka holds (64 KiB) beside its token and its other headers, with room
   * for what Avro adds.
   */
  static final int LONGEST = 56 * 1024;

  /** A manifest that no command record can hold. */
  public static final class TooLarge extends RuntimeException {
    TooLarge(int size) {
      super(
          "The manifest is %,d bytes long as the log keeps it; %,d are the most."
              .formatted(size, LONGEST));
    }
  }

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
   * @param allowEmpty whether it may take away all gates or all teams
   */
  public record Offer(
      String yaml, String file, @Nullable Integer expectedRevision, boolean allowEmpty) {}

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

  /** What the person who started the system asks with the file that it was started with. */
  public static Asked<Offer> asked(String id, String startedBy, Offer offer) {
    return new Asked<>(id, KEY, Instant.EPOCH, Actor.user(startedBy), offer);
  }

  /**
   * Puts the offered manifest in force, or records why not. Completes when this process decides by
   * it.
   *
   * @throws TooLarge before anything is kept or recorded
   */
  public CompletableFuture<Outcome> apply(Asked<Offer> asked) {
    Offer offer = asked.command();
    String sha256 = Digest.sha256(offer.yaml()).hex();
    Parsed parsed = read(offer);
    ManifestCommand command =
        parsed.manifest() == null
            ? new RefuseManifest(sha256, fitting(parsed.problems()))
            : new ApplyManifest(
                sha256,
                fitting(deployment.completed().apply(parsed.manifest()).canonicalJson()),
                offer.expectedRevision(),
                offer.allowEmpty());
    if (command instanceof ApplyManifest && mayConfigure(asked.by())) {
      // Before it is in force: a gate that starts right after must find its definition.
      deployment.store().keep(offer.yaml());
    }
    return journal
        .submit(asked.with(command))
        .thenCompose(answer -> outcome(answer, parsed, sha256));
  }

  /** A gate that was shown can come back as long as the one it shows is in force. */
  private Parsed known(Parsed parsed, String file) {
    if (parsed.manifest() == null) {
      return parsed;
    }
    List<Gate> gates =
        inForce.get().map(rules -> rules.manifest().gates().toList()).orElse(List.of());
    List<Problem> unknown =
        parsed
            .manifest()
            .gates()
            .filter(gate -> gate.isShown() && gates.stream().noneMatch(gate::isSameAs))
            .map(gate -> unknown(gate, file))
            .toList();
    return unknown.isEmpty() ? parsed : new Parsed(null, unknown);
  }

  private static Problem unknown(Gate gate, String file) {
    return problem(
        file,
        "gate %s has a definition that is not in force as it stands here".formatted(gate.name()),
        "write its command in place of definition and kind");
  }

  private static Problem problem(String file, String message, String hint) {
    String code = ProblemCode.INVALID_MANIFEST.code();
    return new Problem(file, 1, 1, Problem.Severity.ERROR, message, hint, code);
  }

  /** The one key of the configuration's stream. */
  public static final String KEY = Manifest.OWN_KEY;

  private static final String NOTHING =
      ManifestParser.parse("{}", "nothing").orThrow().canonicalJson();

  /** A file that says nothing was hardly meant: it may be one that is just being written. */
  private Parsed read(Offer offer) {
    Parsed parsed = known(ManifestParser.parse(offer.yaml(), offer.file()).forUse(), offer.file());
    Manifest manifest = parsed.manifest();
    if (manifest == null || offer.allowEmpty() || !manifest.canonicalJson().equals(NOTHING)) {
      return parsed;
    }
    var problem =
        problem(
            offer.file(),
            "the manifest says nothing",
            "start from: floe config sample; if it is meant: --allow-empty");
    return new Parsed(null, Stream.concat(Stream.of(problem), parsed.problems().stream()).toList());
  }

  private static String fitting(String json) {
    int size = json.getBytes(StandardCharsets.UTF_8).length;
    if (size > LONGEST) {
      throw new TooLarge(size);
    }
    return json;
  }

  /** As many problems as a record holds; whoever offers the manifest is told all of them. */
  private static List<Problem> fitting(List<Problem> problems) {
    List<Problem> fitting = new ArrayList<>();
    int size = 0;
    for (Problem problem : problems) {
      // The severity, two numbers and the lengths take far less than 100 bytes.
      size += problem.toString().getBytes(StandardCharsets.UTF_8).length + 100;
      if (size > LONGEST) {
        return fitting;
      }
      fitting.add(problem);
    }
    return fitting;
  }

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
