package dev.floe.benchmarks.copying;

import static java.util.Objects.requireNonNull;

import dev.floe.manifest.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Measures what it costs to copy one large artifact, many small ones, and the same small ones
 * again, between two of Debian's registries, beside skopeo in the same run; prints one Markdown
 * table.
 */
public final class CopySpeed {

  private static final String LARGE = "large";
  private static final String SMALL = "small";

  /** In a request for one of the tags that {@link Content} sets. */
  private static final String BY_TAG = "/manifests/v1";

  private final Site source;
  private final Map<String, Digest> large;
  private final Map<String, Digest> small;
  private final Map<Who, Client> clients = new EnumMap<>(Who.class);
  private final Map<Who, Map<Scenario, List<Measured>>> measured = new EnumMap<>(Who.class);

  private CopySpeed(CopyPlan plan, Site source) {
    this.source = source;
    for (Who who : Who.values()) {
      clients.put(who, who.start());
    }
    this.large =
        Content.large(ResidentFloe.open(source.host(), LARGE), plan.bytes(), plan.layers());
    this.small = Content.small(ResidentFloe.open(source.host(), SMALL), plan.artifacts());
  }

  /** Takes nothing, or how many rounds, MiB of the large artifact, and small artifacts. */
  public static void main(String[] args) throws Exception {
    System.out.print(measure(args.length == 0 ? CopyPlan.DEFAULT : CopyPlan.of(args)));
  }

  /** The report, in Markdown. */
  static String measure(CopyPlan plan) throws IOException, InterruptedException {
    String conditions = CopyTable.conditions();
    try (Site source = Site.open()) {
      CopySpeed speed = new CopySpeed(plan, source);
      speed.warmUp();
      for (int round = 0; round < plan.rounds(); round++) {
        for (Who who : Who.values()) {
          speed.round(who);
        }
      }
      return CopyTable.of(plan, conditions, speed.medians());
    }
  }

  /** One small artifact, so that everything is loaded and next to nothing compiled. */
  private void warmUp() throws IOException, InterruptedException {
    String first = small.keySet().iterator().next();
    try (Site target = Site.open()) {
      Map<String, Digest> one = Map.of(first, requireNonNull(small.get(first)));
      var _ = client(Who.RESIDENT).copy(source.host(), target.host(), SMALL, one);
    }
  }

  private void round(Who who) throws IOException, InterruptedException {
    try (Site target = Site.open()) {
      add(who, Scenario.LARGE, copy(who, target, LARGE, large));
    }
    try (Site target = Site.open()) {
      add(who, Scenario.COLD, copy(who, target, SMALL, small));
      add(who, Scenario.AGAIN, copy(who, target, SMALL, small));
    }
  }

  private Client client(Who who) {
    return requireNonNull(clients.get(who));
  }

  private Measured copy(Who who, Site target, String repository, Map<String, Digest> artifacts)
      throws IOException, InterruptedException {
    List<String> before = requests(target);
    Cost cost = client(who).copy(source.host(), target.host(), repository, artifacts);
    List<String> after = requests(target);
    double each = artifacts.size();
    double tags = (count(after, BY_TAG) - count(before, BY_TAG)) / each;
    return new Measured(cost, (after.size() - before.size()) / each - tags, tags);
  }

  private List<String> requests(Site target) throws IOException {
    List<String> both = new ArrayList<>(source.requests().lines());
    both.addAll(target.requests().lines());
    return both;
  }

  private static long count(List<String> lines, String part) {
    return lines.stream().filter(line -> line.contains(part)).count();
  }

  private void add(Who who, Scenario scenario, Measured one) {
    measured
        .computeIfAbsent(who, _ -> new EnumMap<>(Scenario.class))
        .computeIfAbsent(scenario, _ -> new ArrayList<>())
        .add(one);
  }

  private Map<Who, Map<Scenario, Measured>> medians() {
    Map<Who, Map<Scenario, Measured>> medians = new EnumMap<>(Who.class);
    measured.forEach(
        (who, scenarios) -> {
          Map<Scenario, Measured> each = new EnumMap<>(Scenario.class);
          scenarios.forEach((scenario, rounds) -> each.put(scenario, Measured.over(rounds)));
          medians.put(who, each);
        });
    return medians;
  }
}
