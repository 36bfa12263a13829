package dev.floe.promotion.domain;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DomainRulesTest {

  private static final JavaClasses SERVICE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.floe.promotion");

  private static final Set<String> CLOCKS =
      Set.of("now", "currentTimeMillis", "nanoTime", "systemUTC", "systemDefaultZone");

  private static final DescribedPredicate<JavaClass> HASHING =
      describe(
          "SHA-256, to derive ids from what was asked",
          type ->
              type.isEquivalentTo(MessageDigest.class)
                  || type.isEquivalentTo(NoSuchAlgorithmException.class));

  @Test
  void the_domain_depends_on_what_is_pure() {
    ArchRule rule =
        classes()
            .that()
            .resideInAPackage("..promotion.domain..")
            .should()
            .onlyDependOnClassesThat(
                resideInAnyPackage(
                        "dev.floe.promotion.domain..",
                        "dev.floe.kernel",
                        "dev.floe.manifest",
                        "dev.floe.access",
                        "java.lang..",
                        "java.util..",
                        "java.time..",
                        "java.math",
                        "java.nio.charset",
                        "org.jspecify.annotations",
                        "com.google.errorprone.annotations")
                    .or(HASHING)
                    .or(describe("arrays", JavaClass::isArray)))
            .because("rules are functions; what they need from outside is handed in by an adapter");
    rule.check(SERVICE);
  }

  @Test
  void the_domain_asks_no_clock_and_draws_nothing() {
    ArchRule rule =
        noClasses()
            .that()
            .resideInAPackage("..promotion.domain..")
            .should()
            .callMethodWhere(
                describe(
                    "clocks, random ids and threads",
                    (JavaCall<?> call) ->
                        CLOCKS.contains(call.getName())
                            || call.getName().equals("randomUUID")
                            || call.getTargetOwner().isAssignableTo(Random.class)
                            || call.getTargetOwner().isAssignableTo(Thread.class)))
            .because(
                "time and ids come with the command, so that a history decides the same twice");
    rule.check(SERVICE);
  }

  @Test
  void packages_have_no_cycles() {
    ArchRule rule = slices().matching("dev.floe.promotion.(**)").should().beFreeOfCycles();
    rule.check(SERVICE);
  }

  @Test
  void messages_are_records() {
    ArchRule rule =
        classes()
            .that(resideInAPackage("..promotion.domain.message.."))
            .and()
            .areNotInterfaces()
            .and()
            .areNotEnums()
            .should()
            .beRecords()
            .because("what was said or has happened never changes");
    rule.check(SERVICE);
  }
}
