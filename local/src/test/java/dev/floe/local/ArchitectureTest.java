package dev.floe.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.EvaluationResult;
import dev.floe.approval.adapter.kafka.ApprovalRecords;
import dev.floe.gate.adapter.kafka.GateRecords;
import dev.floe.http.OpenToEveryone;
import dev.floe.kernel.Actor;
import dev.floe.kernel.SuiteRules;
import dev.floe.promotion.adapter.kafka.ManifestRecords;
import dev.floe.promotion.adapter.kafka.PromotionRecords;
import dev.floe.registry.adapter.kafka.RegistryRecords;
import dev.floe.schemas.EventTypes;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Put;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds every class of the suite against its architecture. */
class ArchitectureTest {

  private static final JavaClasses SUITE = SuiteRules.production();

  @Test
  void all_modules_are_looked_at() {
    assertThat(
            Stream.of(
                "kernel.Decider",
                "proof.CanonicalEntry",
                "manifest.Manifest",
                "access.AccessRules",
                "schemas.Topics",
                "messaging.Bus",
                "oci.Registry",
                "embedded.kafka.KafkaBroker",
                "http.Problem",
                "promotion.PromotionService",
                "approval.ApprovalService",
                "gate.GateRunnerService",
                "registry.RegistrySyncService",
                "notification.NotifierService",
                "audit.ProjectorService",
                "cli.FloeCommand",
                "local.FloeSystem"))
        .allSatisfy(type -> assertThat(SUITE.contain("dev.floe." + type)).as(type).isTrue());
  }

  @TestFactory
  Stream<DynamicTest> the_suite_keeps_its_rules() {
    return SuiteRules.all()
        .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(SUITE)));
  }

  @Test
  void the_catalogue_of_events_has_what_the_services_record_and_nothing_else() {
    // Named by the contract; nobody records it yet.
    Stream<String> others = Stream.of("dev.floe.config.v1.SignInRefused");
    Stream<String> recorded =
        Stream.of(
                PromotionRecords.EVENTS,
                ManifestRecords.EVENTS,
                ApprovalRecords.EVENTS,
                GateRecords.EVENTS,
                RegistryRecords.EVENTS)
            .flatMap(mapper -> mapper.schemas().stream())
            .map(Schema::getFullName);

    assertThat(EventTypes.all())
        .containsExactlyInAnyOrderElementsOf(Stream.concat(recorded, others).toList());
  }

  /** What the rule about mutations is there to find; no route of any server. */
  @Requires(property = "floe.wrong")
  @Controller("/wrong")
  static class WrongController {

    @Post("/anonymous")
    String anonymous() {
      return "";
    }

    @Put("/ignored")
    String ignored(Actor actor) {
      return "";
    }

    @Delete("/talked-about")
    String talkedAbout(Actor actor) {
      return actor.name();
    }

    @Post("/open")
    @OpenToEveryone("to show that it may be said")
    String open() {
      return "";
    }
  }

  @Test
  void a_mutation_that_hands_nobody_to_who_decides_is_found() {
    JavaClasses wrong = new ClassFileImporter().importClasses(WrongController.class);

    EvaluationResult found = SuiteRules.mutationsKnowWhoAsks().evaluate(wrong);

    assertThat(found.getFailureReport().getDetails())
        .hasSize(3)
        .anyMatch(line -> line.contains("anonymous"))
        .anyMatch(line -> line.contains("ignored"))
        .anyMatch(line -> line.contains("talkedAbout"));
  }
}
