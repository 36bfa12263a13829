package dev.floe.manifest;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads how versions move, back, and by themselves. */
final class PromotionReader {

  private static final String VERIFIER = "verifier_id: https://floe.acme.com/promotions";

  private final Reading reading;
  private final Section section;
  private final Names names;

  PromotionReader(Reading reading, Section section, Names names) {
    this.reading = reading;
    this.section = section;
    this.names = names;
  }

  Promotion read(List<Gate> gates) {
    if (gates.stream().noneMatch(Gate::enabled)) {
      String message = "no gate is enabled: nothing is checked before a promotion";
      String hint = "validation_gates: [policy_compliance]";
      reading.problems().warning(section.place("validation_gates"), message, hint);
    }
    return new Promotion(
        names.environments(),
        section.flag("fail_fast", true),
        section.flag("separation_of_duties", true),
        section.days("results_valid", Promotion.DEFAULT_RESULTS_VALID),
        gates,
        rollback(section.section("rollback", Keys.ROLLBACK)),
        section.elements("policies").stream().map(this::policy).toList(),
        section.has("attestation") ? attestation() : null);
  }

  private Promotion.@Nullable Attestation attestation() {
    Section attestation = section.section("attestation", Keys.ATTESTATION);
    String hint = "key: file:/run/secrets/promotion-key.pem";
    String place = attestation.required("key", hint);
    String message = "the signing key must not stand in the manifest";
    Secret key =
        place.isEmpty()
            ? new Secret.Inline(place)
            : attestation.elsewhere("key", place, message, hint);
    String verifier = attestation.required("verifier_id", VERIFIER);
    if (!verifier.isEmpty() && !isUri(verifier)) {
      String why = "verifier_id '%s' is no absolute URI".formatted(verifier);
      reading.problems().error(attestation.place("verifier_id"), why, VERIFIER);
    }
    return new Promotion.Attestation(key, verifier);
  }

  private static boolean isUri(String text) {
    try {
      return new URI(text).isAbsolute();
    } catch (URISyntaxException _) {
      return false;
    }
  }

  private Promotion.Rollback rollback(Section rollback) {
    rollback.textNodes("approval_teams").forEach(names::team);
    return new Promotion.Rollback(
        rollback.flag("require_approval", false),
        rollback.texts("approval_teams"),
        rollback.flag("auto_rollback_on_failure", false));
  }

  private Promotion.Policy policy(Node node) {
    Section policy = Section.of(reading, node, Keys.POLICY);
    String from = policy.required("from_env", "from_env: staging");
    String to = policy.required("to_env", "to_env: prod");
    checkStep(policy, from, to);
    List<Promotion.Condition> conditions = new ArrayList<>();
    policy.elements("conditions").forEach(condition -> conditions(condition, conditions));
    if (policy.elements("conditions").isEmpty()) {
      String hint = "conditions: [all_tests_pass: true]";
      reading.problems().error(policy.place("conditions"), "a policy needs conditions", hint);
    }
    return new Promotion.Policy(
        policy.required("name", "name: auto-promote"),
        policy.flag("enabled", true),
        from,
        to,
        conditions,
        policy.choice("approval", Approval.class, Approval.NONE) == Approval.REQUIRED,
        policy.text("notification"));
  }

  private enum Approval {
    REQUIRED,
    NONE
  }

  private void checkStep(Section policy, String from, String to) {
    if (from.isEmpty() || to.isEmpty()) {
      return;
    }
    boolean known = names.environment(policy.place("from_env"));
    known &= names.environment(policy.place("to_env"));
    int step = names.environments().indexOf(to) - names.environments().indexOf(from);
    if (known && step != 1) {
      String path = String.join(" → ", names.environments());
      reading
          .problems()
          .error(policy.place("to_env"), "%s → %s is no step of %s".formatted(from, to, path), "");
    }
  }

  private void conditions(Node node, List<Promotion.Condition> into) {
    Section condition = Section.open(reading, node, Keys.CONDITION, node);
    condition
        .entries()
        .forEach(
            (key, entry) -> {
              String value = value(condition, key, entry);
              if (value != null) {
                into.add(new Promotion.Condition(key, value));
              }
            });
  }

  private @Nullable String value(Section condition, String key, Section.Entry entry) {
    if (key.startsWith("days_in_")) {
      String environment = key.substring("days_in_".length());
      if (!names.environments().contains(environment)) {
        String hint = Names.meant(environment, names.environments());
        reading.problems().error(entry.key(), "there is no environment " + environment, hint);
      }
      Span span = condition.span(key);
      return span == null ? null : span.toString();
    }
    if (!Keys.CONDITION.known().contains(key)) {
      condition.unknown(key, entry.key());
      return null;
    }
    return key.equals("expr") ? condition.text(key) : String.valueOf(condition.flag(key, true));
  }
}
