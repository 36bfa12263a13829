package dev.floe.kernel;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which module may know which; a module that is not here knows none. */
final class Arrows {

  private static final Set<String> SERVICE =
      Set.of("kernel", "manifest", "access", "schemas", "messaging", "http", "oci");

  private static final Map<String, Set<String>> ALLOWED =
      Map.ofEntries(
          Map.entry("kernel", Set.of()),
          Map.entry("manifest", Set.of()),
          Map.entry("proof", Set.of()),
          Map.entry("schemas", Set.of()),
          Map.entry("embedded", Set.of()),
          Map.entry("oci", Set.of("manifest")),
          Map.entry("access", Set.of("kernel", "manifest")),
          Map.entry("http", Set.of("kernel", "manifest")),
          Map.entry("messaging", Set.of("kernel", "manifest", "access", "schemas", "proof")),
          Map.entry("promotion", SERVICE),
          Map.entry("approval", SERVICE),
          Map.entry("gate", SERVICE),
          Map.entry("registry", SERVICE),
          Map.entry("notification", SERVICE),
          Map.entry("audit", SERVICE),
          Map.entry("cli", Set.of("manifest", "proof")),
          // An example is a stranger: it knows what is published, the records.
          Map.entry("examples", Set.of("schemas")));

  /** Starts everything, so it may know everything. */
  private static final String WHOLE = "local";

  private Arrows() {}

  /** The modules, by the second word of their packages' names. */
  static Set<String> modules() {
    return ALLOWED.keySet();
  }

  static ArchCondition<JavaClass> keepTo() {
    return new ArchCondition<>("know only the modules that theirs may know") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        String from = module(type);
        if (from.equals(WHOLE)) {
          return;
        }
        Set<String> allowed = ALLOWED.getOrDefault(from, Set.of());
        Set<String> broken =
            type.getDirectDependenciesFromSelf().stream()
                .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                .filter(target -> target.getPackageName().startsWith("dev.floe."))
                .map(Arrows::module)
                .filter(to -> !to.equals(from) && !allowed.contains(to))
                .collect(Collectors.toSet());
        broken.forEach(
            to ->
                events.add(
                    SimpleConditionEvent.violated(
                        type, "%s (in %s) uses %s".formatted(type.getName(), from, to))));
      }
    };
  }

  /** Generated records have their topic's word in their package, and stand in {@code schemas}. */
  static String module(JavaClass type) {
    String[] words = type.getPackageName().split("\\.", -1);
    boolean generated = words.length > 3 && words[3].equals("v1");
    return generated ? "schemas" : words.length > 2 ? words[2] : "";
  }

  static DescribedPredicate<JavaClass> generated() {
    return DescribedPredicate.describe(
        "generated from schemas",
        type -> type.getPackageName().startsWith("dev.floe.") && module(type).equals("schemas"));
  }
}
