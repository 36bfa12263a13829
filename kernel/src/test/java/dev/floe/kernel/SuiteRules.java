package dev.floe.kernel;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** How the suite is built, as rules that fail; each says what to do about it. */
public final class SuiteRules {

  private static final Set<String> CLOCKS =
      Set.of("now", "currentTimeMillis", "nanoTime", "systemUTC", "systemDefaultZone", "system");

  private static final DescribedPredicate<JavaClass> HASHING =
      describe(
          "SHA-256, to derive ids from what was asked",
          type ->
              type.isEquivalentTo(MessageDigest.class)
                  || type.isEquivalentTo(NoSuchAlgorithmException.class));

  private static final DescribedPredicate<JavaClass> CONTROLLER =
      describe(
          "controllers", type -> type.isAnnotatedWith("io.micronaut.http.annotation.Controller"));

  private SuiteRules() {}

  /** Every class of the suite on the class path that is no test. */
  public static JavaClasses production() {
    return new ClassFileImporter()
        .withImportOption(new ImportOption.DoNotIncludeTests())
        .withImportOption(location -> !location.contains("-tests.jar"))
        .importPackages("dev.floe");
  }

  /** All of them. */
  public static Stream<ArchRule> all() {
    return Stream.of(
            Stream.of(
                pureDomain(),
                noClockNoChance(),
                messagesAreRecords(),
                applicationsKnowNoAdapter(),
                everyLibraryHasARoom(),
                arrows(),
                mutationsKnowWhoAsks(),
                onlyTheJournalWrites()),
            Rooms.ALL.stream().map(SuiteRules::room),
            Arrows.modules().stream().sorted().map(SuiteRules::noCycles),
            Stream.of(adaptersApart()))
        .flatMap(rules -> rules);
  }

  static ArchRule pureDomain() {
    return classes()
        .that()
        .resideInAPackage("dev.floe.*.domain..")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                    "dev.floe.*.domain..",
                    "dev.floe.kernel",
                    "dev.floe.manifest",
                    "dev.floe.access",
                    "java.lang",
                    "java.lang.annotation",
                    "java.lang.invoke",
                    "java.lang.runtime",
                    "java.util..",
                    "java.time..",
                    "java.math",
                    "java.nio.charset",
                    "org.jspecify.annotations",
                    "com.google.errorprone.annotations")
                .or(HASHING)
                .or(describe("arrays", JavaClass::isArray)))
        .because("rules are functions: what they need from outside is handed in by an adapter");
  }

  static ArchRule noClockNoChance() {
    return noClasses()
        .that()
        .resideInAnyPackage("dev.floe.*.domain..", "dev.floe.kernel..")
        .should()
        .callMethodWhere(
            describe(
                "clocks, random ids, chance and threads",
                (JavaCall<?> call) ->
                    CLOCKS.contains(call.getName())
                        || call.getName().equals("randomUUID")
                        || call.getTargetOwner().isAssignableTo(Random.class)
                        || call.getTargetOwner().isAssignableTo(Thread.class)))
        .because("time and ids come with the command, so that a history decides the same twice");
  }

  static ArchRule messagesAreRecords() {
    return classes()
        .that(
            resideInAPackage("dev.floe.*.domain..")
                .and(
                    describe(
                        "commands and events",
                        type ->
                            type.getAllRawInterfaces().stream()
                                .map(JavaClass::getSimpleName)
                                .anyMatch(n -> n.endsWith("Command") || n.endsWith("Event")))))
        .and()
        .areNotInterfaces()
        .should()
        .beRecords()
        .because("what was said or has happened never changes");
  }

  static ArchRule applicationsKnowNoAdapter() {
    return noClasses()
        .that()
        .resideInAnyPackage("dev.floe.*.application..", "dev.floe.*.view..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.floe.*.adapter..")
        .because("use cases and views say what they need as ports; adapters provide it");
  }

  static ArchRule everyLibraryHasARoom() {
    return classes()
        .that()
        .resideInAPackage("dev.floe..")
        .should()
        .onlyDependOnClassesThat(
            resideInAPackage("dev.floe..")
                .or(resideInAnyPackage(Rooms.known()))
                .or(describe("primitives and arrays", t -> t.isPrimitive() || t.isArray())))
        .because("a library is used where " + Rooms.class.getSimpleName() + " gives it a room");
  }

  static ArchRule room(Rooms.Room room) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(room.packages().toArray(String[]::new))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(room.library().toArray(String[]::new))
        .because("%s is for %s".formatted(room.name(), String.join(", ", room.packages())));
  }

  static ArchRule arrows() {
    return classes()
        .that()
        .resideInAPackage("dev.floe..")
        .should(Arrows.keepTo())
        .because("services never call each other, and what is below knows nothing above");
  }

  static ArchRule noCycles(String module) {
    return slices()
        .matching("dev.floe." + module + ".(**)")
        .should()
        .beFreeOfCycles()
        .because("two packages that need each other are one")
        .allowEmptyShould(true);
  }

  static ArchRule adaptersApart() {
    return slices()
        .matching("dev.floe.(*).adapter.(*)..")
        .should()
        .notDependOnEachOther()
        // What is asked of the projector is a query, and there is no rule between it and the rows.
        .ignoreDependency(
            resideInAnyPackage("dev.floe.audit.adapter.http..", "dev.floe.audit.adapter.kafka.."),
            resideInAPackage("dev.floe.audit.adapter.postgres.."))
        // Which artifact an approval is about is looked up in a fold of the topic.
        .ignoreDependency(
            resideInAPackage("dev.floe.approval.adapter.http.."),
            resideInAPackage("dev.floe.approval.adapter.kafka.."))
        .because("an adapter knows one outside thing; what two share is a port or a use case");
  }

  /** Public, for a test holds wrong controllers against it. */
  public static ArchRule mutationsKnowWhoAsks() {
    return methods()
        .that()
        .areDeclaredInClassesThat(CONTROLLER)
        .and(
            describe(
                "change something",
                (JavaMethod method) ->
                    List.of("Post", "Put", "Patch", "Delete", "CustomHttpMethod").stream()
                        .map("io.micronaut.http.annotation."::concat)
                        .anyMatch(method::isAnnotatedWith)))
        .should(handOnTheirActor())
        .because(
            "there is no anonymous mutation: take an Actor, which the door fills in, and hand it to"
                + " whoever decides; or say with @OpenToEveryone why nobody has to");
  }

  private static ArchCondition<JavaMethod> handOnTheirActor() {
    return new ArchCondition<>("hand on their Actor") {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        boolean takes = method.getRawParameterTypes().stream().anyMatch(SuiteRules::isActor);
        boolean handsOn =
            method.getCallsFromSelf().stream()
                .anyMatch(
                    call ->
                        call.getTarget().getRawParameterTypes().stream()
                            .anyMatch(SuiteRules::isActor));
        if (!(takes && handsOn) && !method.isAnnotatedWith("dev.floe.http.OpenToEveryone")) {
          events.add(
              SimpleConditionEvent.violated(
                  method, method.getFullName() + " hands no Actor to whoever decides"));
        }
      }
    };
  }

  private static boolean isActor(JavaClass type) {
    return type.isEquivalentTo(Actor.class);
  }

  static ArchRule onlyTheJournalWrites() {
    return noClasses()
        .that()
        .resideOutsideOfPackages(
            "dev.floe.messaging..",
            // The projector owns floe.status, which holds rows of its own and no events.
            "dev.floe.audit.adapter.kafka..",
            // The embedded registry keeps its schemas in _schemas.
            "dev.floe.embedded.schemaregistry..",
            // An example is another service, which sends commands.
            "dev.floe.examples..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.kafka.clients.producer..")
        .because("only the journal appends events, in the transaction of their command");
  }
}
