package dev.floe.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import dev.floe.kernel.Requirement;
import dev.floe.kernel.SuiteRules;
import dev.floe.manifest.Audit;
import dev.floe.manifest.Auth;
import dev.floe.manifest.Costs;
import dev.floe.manifest.Drift;
import dev.floe.manifest.Environment;
import dev.floe.manifest.Freeze;
import dev.floe.manifest.Gate;
import dev.floe.manifest.Lifecycle;
import dev.floe.manifest.Manifest;
import dev.floe.manifest.Notifications;
import dev.floe.manifest.PolicyRule;
import dev.floe.manifest.Promotion;
import dev.floe.manifest.Registry;
import dev.floe.manifest.RegistryAccess;
import dev.floe.manifest.Retention;
import dev.floe.manifest.Signers;
import dev.floe.manifest.Team;
import java.lang.reflect.RecordComponent;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A setting that the manifest takes is one that something acts on, or is not supported yet. */
@Requirement("D.5")
class SettingsInUseTest {

  private static final JavaClasses SUITE = SuiteRules.production();

  /** Every record that holds settings. */
  private static final List<Class<?>> SETTINGS =
      List.of(
          Manifest.class,
          Environment.class,
          Registry.class,
          RegistryAccess.class,
          RegistryAccess.ClientCertificate.class,
          Team.class,
          Auth.class,
          Auth.CommandSigner.class,
          Promotion.class,
          Promotion.Attestation.class,
          Gate.class,
          PolicyRule.class,
          Signers.class,
          Signers.Keyless.class,
          Drift.class);

  /** Those that the manifest reader says are not supported yet, with all that is below them. */
  private static final Set<String> NOT_YET =
      Set.of(
          "Environment.freeze",
          "Auth.oidc",
          "Promotion.rollback",
          "Gate.dryRun",
          "Manifest.retention",
          "Manifest.lifecycle",
          "Manifest.notifications",
          "Manifest.openLineageTopic",
          "Manifest.costs",
          // Its retention is kept, since nothing is ever dropped.
          "Manifest.audit",
          "Auth.serviceKey");

  /** The order of the environments is the path; nothing else has to read it. */
  private static final String PATH = "Promotion.path";

  /** Not supported yet as settings, though some code reads them already. */
  private static final List<Class<?>> BELOW =
      List.of(
          Freeze.class,
          Auth.Oidc.class,
          Promotion.Rollback.class,
          Promotion.Policy.class,
          Promotion.Condition.class,
          Retention.class,
          Lifecycle.class,
          Notifications.class,
          Costs.class,
          Audit.class);

  @Test
  void every_setting_is_read_by_a_service_or_is_refused() {
    Set<String> unread = new TreeSet<>();
    for (Class<?> settings : SETTINGS) {
      for (RecordComponent component : settings.getRecordComponents()) {
        if (!isReadOutside(SUITE.get(settings), component.getName())) {
          unread.add(settings.getSimpleName() + "." + component.getName());
        }
      }
    }

    unread.remove(PATH);
    assertThat(unread).containsExactlyInAnyOrderElementsOf(NOT_YET);
  }

  @Test
  void no_record_of_settings_is_forgotten_here() {
    Set<Class<?>> known = new HashSet<>(SETTINGS);
    known.addAll(BELOW);

    assertThat(Stream.of(Manifest.class, Environment.class, Promotion.class, Auth.class))
        .flatMap(settings -> Arrays.asList(settings.getRecordComponents()))
        .map(component -> (Object) component.getType())
        .filteredOn(type -> type instanceof Class<?> record && record.isRecord())
        .isSubsetOf(known);
  }

  /**
   * Whether anything outside the manifest's module reads the setting, itself or by way of what the
   * manifest makes of it. Writing a manifest down is no reading.
   */
  private static boolean isReadOutside(JavaClass settings, String name) {
    Set<JavaCodeUnit> seen = new HashSet<>();
    Deque<JavaCodeUnit> open = new ArrayDeque<>(List.of(settings.getMethod(name)));
    // The record's own methods read its field.
    settings.getField(name).getAccessesToSelf().stream()
        .map(access -> access.getOrigin())
        .filter(reader -> !isOfEveryRecord(reader))
        .forEach(open::push);
    while (!open.isEmpty()) {
      JavaCodeUnit unit = open.pop();
      for (var call : unit.getAccessesToSelf()) {
        JavaCodeUnit origin = call.getOrigin();
        JavaClass owner = origin.getOwner();
        if (!owner.getPackageName().equals(Manifest.class.getPackageName())) {
          return true;
        }
        if (!isRecorded(owner) && !isOfEveryRecord(origin) && seen.add(origin)) {
          open.push(origin);
        }
      }
    }
    return false;
  }

  /** What turns a manifest into text and back, and reads or checks it. */
  private static boolean isRecorded(JavaClass owner) {
    String name = owner.getSimpleName();
    return name.endsWith("Tree") || name.endsWith("Reader") || name.equals("ManifestParser");
  }

  private static boolean isOfEveryRecord(JavaCodeUnit unit) {
    return unit.isConstructor()
        || Set.of("equals", "hashCode", "toString", "asEnabled", "withRegistriesAt")
            .contains(unit.getName());
  }
}
