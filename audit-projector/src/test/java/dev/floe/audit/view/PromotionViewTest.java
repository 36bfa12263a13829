package dev.floe.audit.view;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.floe.audit.Said;
import dev.floe.audit.Story;
import dev.floe.kernel.Requirement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SequencedSet;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PromotionViewTest {

  private final Story story = new Story("shop");

  @Test
  @Requirement("326.7")
  void tells_the_whole_course_of_a_promotion_to_prod() {
    String id = story.promoted("v1.2.3", "staging", "prod");

    PromotionView view = view(id);

    assertThat(view.state()).isEqualTo("succeeded");
    assertThat(view.requestedBy()).isEqualTo(Story.ENGINEER);
    assertThat(view.gates())
        .extracting(
            PromotionView.Gate::name, PromotionView.Gate::phase, PromotionView.Gate::outcome)
        .containsExactly(tuple("policy_compliance", "before", "passed"));
    assertThat(approval(view).state()).isEqualTo("approved");
    assertThat(approval(view).teams())
        .flatExtracting(Asking.Team::approvals)
        .extracting(Asking.Given::by)
        .containsExactly("ada@acme.com", "cleo@acme.com");
    assertThat(view.registries())
        .extracting(PromotionView.Registry::name, PromotionView.Registry::state)
        .containsExactly(tuple("primary", "copied"));
    assertThat(view.tags())
        .containsExactly(
            "oci://127.0.0.1:8080/prod/shop:v1.2.3-prod",
            "oci://127.0.0.1:8080/prod/shop:latest-prod");
    assertThat(view.blockedBy()).isEmpty();
  }

  @Test
  void goes_through_the_states_of_the_contract() {
    String id = story.promoted("v1.2.3", "staging", "prod");

    assertThat(requireNonNull(row(id).course()).steps())
        .extracting(Course.Step::state)
        .containsExactly(
            "requested", "validating", "awaiting_approval", "approved", "executing", "succeeded");
  }

  @Test
  @Requirement("328.4")
  void shows_which_gate_failed_with_its_output_and_a_hint() {
    String id = story.failedAtGate("v1.2.3", "dev", "staging", "test_demo_flow timed out");

    PromotionView view = view(id);

    assertThat(view.state()).isEqualTo("failed");
    assertThat(view.gates())
        .singleElement()
        .satisfies(
            gate -> {
              assertThat(gate.outcome()).isEqualTo("failed");
              assertThat(gate.durationMs()).isEqualTo(600_000);
              assertThat(gate.exitCode()).isEqualTo(1);
              assertThat(gate.output()).isEqualTo("test_demo_flow timed out");
              assertThat(gate.reason()).isEqualTo("timeout after 600s");
              assertThat(gate.hint()).isEqualTo("Mend it.");
            });
    assertThat(view.blockedBy()).extracting(Blocker::code).containsExactly("gate-failed");
  }

  @Test
  void shows_a_gate_that_runs_without_an_outcome() {
    String id = story.requested("v1.2.3", "dev", "staging");
    story.validating(id, "v1.2.3", "dev", "staging", 1);
    story.gateStarted(id, "v1.2.3", "staging", "policy_compliance", 1);

    assertThat(view(id).gates())
        .singleElement()
        .satisfies(
            gate -> {
              assertThat(gate.outcome()).isNull();
              assertThat(gate.isolation()).isEqualTo("none");
              assertThat(gate.notGuaranteed()).isEqualTo("Nothing is hidden.");
            });
  }

  @Test
  void forgets_the_results_of_an_intent_that_another_replaced() {
    String id = story.requested("v1.2.3", "dev", "staging");
    story.validating(id, "v1.2.3", "dev", "staging", 1);
    story.gateFailed(id, "v1.2.3", "staging", "policy_compliance", 1, "too slow");
    story.validating(id, "v1.2.3", "dev", "staging", 2);
    story.gateStarted(id, "v1.2.3", "staging", "security_scan", 2);
    story.gatePassed(id, "v1.2.3", "staging", "policy_compliance", 1);

    assertThat(view(id).gates())
        .extracting(PromotionView.Gate::name)
        .containsExactly("security_scan");
  }

  @Test
  @Requirement("329.5")
  void names_who_denied() {
    String id = story.requested("v1.2.3", "staging", "prod");
    story.passed(id, "v1.2.3", "staging", "prod", 1);
    story.asked(id, "v1.2.3", "staging", "prod");
    story.denied(id, "v1.2.3", "staging", "prod", "cleo@acme.com");

    PromotionView view = view(id);

    assertThat(view.state()).isEqualTo("denied");
    assertThat(approval(view).state()).isEqualTo("denied");
    assertThat(approval(view).deniedBy()).isEqualTo("cleo@acme.com");
    assertThat(view.blockedBy()).extracting(Blocker::code).containsExactly("approval-denied");
  }

  @Test
  void knows_whom_people_are_asked_for_before_the_approvals_topic_is_read() {
    String id = story.requested("v1.2.3", "staging", "prod");
    story.passed(id, "v1.2.3", "staging", "prod", 1);

    assertThat(approval(view(id)).state()).isEqualTo("pending");
    assertThat(approval(view(id)).teams())
        .extracting(Asking.Team::team)
        .containsExactly("platform-leads", "security");
  }

  @Test
  void never_leaves_a_final_state() {
    String id = story.promoted("v1.2.3", "dev", "staging");
    story.ended(id, "v1.2.3", "dev", "staging", "timed-out", "too late");

    assertThat(view(id).state()).isEqualTo("succeeded");
    assertThat(view(id).blockedBy()).isEmpty();
  }

  @Test
  void keeps_a_refusal_with_its_reasons() {
    String id = story.refused("v9.9.9", "staging", "unknown-version");

    assertThat(view(id).state()).isEqualTo("refused");
    assertThat(view(id).requestedBy()).isEqualTo(Story.ENGINEER);
    assertThat(view(id).blockedBy())
        .extracting(Blocker::code, Blocker::remedy)
        .containsExactly(tuple("unknown-version", "Do otherwise."));
  }

  @Nested
  class Read_from_topics_that_interleave_in_any_way {

    @Test
    void is_the_same_in_the_end() {
      String id = story.promoted("v1.2.3", "staging", "prod");
      List<Said> ofPromotion = about(id);
      PromotionRow expected = fold(id, ofPromotion);
      for (int seed = 0; seed < 500; seed++) {
        List<Said> mixed = interleaved(ofPromotion, new Random(seed));

        assertThat(fold(id, mixed)).as("seed %d", seed).isEqualTo(expected);
      }
    }

    private List<Said> interleaved(List<Said> told, Random random) {
      Map<String, List<Said>> topics = new LinkedHashMap<>();
      told.forEach(
          said -> topics.computeIfAbsent(said.topic().name(), _ -> new ArrayList<>()).add(said));
      List<List<Said>> rest = new ArrayList<>(topics.values());
      List<Said> mixed = new ArrayList<>();
      while (!rest.isEmpty()) {
        List<Said> one = rest.get(random.nextInt(rest.size()));
        mixed.add(one.removeFirst());
        if (one.isEmpty()) {
          rest.remove(one);
        }
      }
      return mixed;
    }
  }

  @Test
  void finds_the_promotion_in_events_that_call_it_an_approval() {
    SequencedSet<String> ids = new LinkedHashSet<>();
    String id = story.promoted("v1.2.3", "staging", "prod");
    story.told().forEach(said -> PromotionRow.idIn(said.body()).ifPresent(ids::add));

    assertThat(ids).containsExactly(id);
  }

  private static PromotionView.Approval approval(PromotionView view) {
    return requireNonNull(view.approval());
  }

  private PromotionView view(String id) {
    return PromotionView.of(row(id)).orElseThrow();
  }

  private PromotionRow row(String id) {
    return fold(id, about(id));
  }

  private List<Said> about(String id) {
    return story.told().stream()
        .filter(said -> PromotionRow.idIn(said.body()).filter(id::equals).isPresent())
        .toList();
  }

  private static PromotionRow fold(String id, List<Said> told) {
    PromotionRow row = PromotionRow.unknown(id, "shop");
    for (Said said : told) {
      row =
          row.after(new Fact(said.id(), said.artifact(), said.at(), said.by().name(), said.body()));
    }
    return row;
  }
}
