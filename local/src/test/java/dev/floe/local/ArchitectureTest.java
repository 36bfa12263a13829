package dev.floe.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import dev.floe.kernel.SuiteRules;
import java.util.stream.Stream;
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
}
