package dev.floe.promotion.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.access.AccessRules;
import dev.floe.kernel.Actor;
import dev.floe.kernel.Decision;
import dev.floe.kernel.Refusal;
import dev.floe.kernel.Scenario;
import dev.floe.manifest.Digest;
import dev.floe.manifest.Manifest;
import dev.floe.promotion.domain.line.ReleaseLine;
import dev.floe.promotion.domain.message.Approval;
import dev.floe.promotion.domain.message.ApprovalOutcome;
import dev.floe.promotion.domain.message.Phase;
import dev.floe.promotion.domain.message.PromotionCommand;
import dev.floe.promotion.domain.message.PromotionCommand.RecordApproval;
import dev.floe.promotion.domain.message.PromotionCommand.RecordCopy;
import dev.floe.promotion.domain.message.PromotionCommand.RecordTags;
import dev.floe.promotion.domain.message.PromotionCommand.RecordValidation;
import dev.floe.promotion.domain.message.PromotionCommand.RegisterVersion;
import dev.floe.promotion.domain.message.PromotionCommand.RequestPromotion;
import dev.floe.promotion.domain.message.PromotionEvent;
import dev.floe.promotion.domain.message.PromotionEvent.PromotionRequested;
import dev.floe.promotion.domain.rule.Ruled;
import dev.floe.promotion.domain.rule.Rules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A release line to play on: a {@link Scenario} with the words of promotions. */
final class Line {

  static final Actor SERVICE = Actor.system("promotion-service");
  static final Instant NOON = Scenario.NOON;

  private final Scenario<Ruled<PromotionCommand>, ReleaseLine, PromotionEvent> scenario =
      Scenario.of(new PromotionDecider(), Manifests.ARTIFACT);
  private Rules rules;
  private Actor person = Actor.user("dana@acme.com");
  private Instant now = NOON;

  private Line(Manifest manifest) {
    this.rules = new Rules(1, AccessRules.of(manifest));
  }

  static Line under(Manifest manifest) {
    return new Line(manifest);
  }

  static Digest digest(String version) {
    return Digest.sha256("content of " + version);
  }

  /** Whoever asks from here on; the suite's own reports always come from itself. */
  Line by(String name) {
    person = Actor.user(name);
    return this;
  }

  Line later(Duration time) {
    now = now.plus(time);
    return this;
  }

  Line nowUnder(Manifest manifest) {
    rules = new Rules(rules.revision() + 1, AccessRules.of(manifest));
    return this;
  }

  Instant now() {
    return now;
  }

  Rules rules() {
    return rules;
  }

  Played when(PromotionCommand command) {
    boolean report = command instanceof PromotionCommand.Report;
    return when(report ? SERVICE : person, command);
  }

  Played when(Actor who, PromotionCommand command) {
    return new Played(scenario.at(now).by(who).when(new Ruled<>(rules, command)));
  }

  Line published(String version) {
    when(register(version)).accepted();
    return this;
  }

  /** Asks for a promotion and gives its id. */
  String requested(RequestPromotion request) {
    return when(request).accepted().promotion();
  }

  String requested(String version, String to) {
    return requested(ask(version, to));
  }

  /** Brings a version into an environment that takes no approval. */
  Line promoted(String version, String to) {
    String id = requested(version, to);
    when(passed(id, 1)).accepted();
    when(copied(id, 2)).accepted();
    when(tagged(id, 3)).accepted();
    return this;
  }

  /** A promotion of the version into prod that both teams have approved. */
  String approved(String version) {
    String id = awaiting(version);
    when(approval(id)).accepted();
    return id;
  }

  /** A promotion of the version into prod that waits for both teams. */
  String awaiting(String version) {
    String id = requested(ask(version, "prod").requestingApproval());
    when(passed(id, 1)).accepted();
    return id;
  }

  static RegisterVersion register(String version) {
    return new RegisterVersion(version, digest(version), 1000, "application/vnd.oci.image");
  }

  static Ask ask(String version, String to) {
    return new Ask(version, to);
  }

  static RecordValidation passed(String id, int intent) {
    return new RecordValidation(id, intent, Phase.BEFORE, true, List.of());
  }

  static RecordCopy copied(String id, int intent) {
    return new RecordCopy(id, intent, true, "", "", 900);
  }

  static RecordTags tagged(String id, int intent) {
    return new RecordTags(id, intent, true, List.of(), "", "");
  }

  RecordApproval approval(String id) {
    return new RecordApproval(
        id, ApprovalOutcome.APPROVED, bothTeams(), "", "", now.plus(Duration.ofDays(7)));
  }

  List<Approval> bothTeams() {
    return List.of(
        new Approval("platform-leads", "ada@acme.com", now, "cli"),
        new Approval("security", "cleo@acme.com", now, "http"));
  }

  Played when(Ask ask) {
    return when(ask.command());
  }

  String requested(Ask ask) {
    return requested(ask.command());
  }

  /** What one command led to. */
  record Played(Scenario.Outcome<ReleaseLine, PromotionEvent> outcome) {

    Played accepted() {
      assertThat(outcome.decision()).isInstanceOf(Decision.Accepted.class);
      return this;
    }

    List<PromotionEvent> events() {
      return outcome.decision().facts();
    }

    ReleaseLine line() {
      return outcome.state();
    }

    /** Accepted, and exactly these sorts of events, in this order. */
    @SafeVarargs
    final Played happens(Class<? extends PromotionEvent>... events) {
      accepted();
      List<Class<?>> found = events().stream().<Class<?>>map(Object::getClass).toList();
      assertThat(found).isEqualTo(List.of(events));
      return this;
    }

    void changesNothing() {
      outcome.thenNothingNew();
    }

    Played refused(String... codes) {
      outcome.thenRefused(codes);
      return this;
    }

    Refusal firstReason() {
      assertThat(outcome.decision()).isInstanceOf(Decision.Refused.class);
      return ((Decision.Refused<?>) outcome.decision()).because().getFirst();
    }

    <E extends PromotionEvent> E the(Class<E> type) {
      return events().stream().filter(type::isInstance).map(type::cast).findFirst().orElseThrow();
    }

    String promotion() {
      return the(PromotionRequested.class).promotion();
    }
  }
}
