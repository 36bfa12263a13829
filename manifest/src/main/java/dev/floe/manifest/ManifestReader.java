package dev.floe.manifest;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads a whole manifest, first the names that other parts refer to, then the parts. */
final class ManifestReader {

  private final Reading reading;
  private final Section root;
  private final Section environments;
  private final Section promotion;

  private ManifestReader(Reading reading, Node node) {
    this.reading = reading;
    this.root = Section.of(reading, node, Keys.ROOT);
    this.environments = Section.open(reading, root.value("environments"), Keys.ENVIRONMENTS, node);
    this.promotion = root.section("promotion", Keys.PROMOTION);
  }

  static Manifest read(Reading reading, Node node) {
    return new ManifestReader(reading, node).read();
  }

  private Manifest read() {
    List<String> path =
        new PathReader(reading, root.node(), environments).read(promotion.value("path"));
    Map<String, Team> teams =
        TeamReader.read(
            reading, Section.open(reading, root.value("teams"), Keys.TEAMS, root.node()));
    Auth auth = AccessReader.auth(reading, root.section("auth", Keys.AUTH));
    Names names = names(path, teams, auth);
    List<Gate> gates = new GateReader(reading, path).list(promotion.elements("validation_gates"));
    Section artifacts = root.section("artifacts", Keys.ARTIFACTS);
    ArtifactsReader ageing = new ArtifactsReader(reading);
    return new Manifest(
        artifacts(),
        environments(names, teams, gates),
        teams,
        AccessReader.read(reading, root, names),
        auth,
        new PromotionReader(reading, promotion, names).read(gates),
        root.section("gates", Keys.GATES).flag("require_isolation", false),
        new NotificationsReader(reading, root.section("notifications", Keys.NOTIFICATIONS), names)
            .read(),
        ageing.retention(artifacts.section("retention", Keys.RETENTION)),
        ageing.lifecycle(
            Section.open(reading, artifacts.value("lifecycle"), Keys.LIFECYCLE, artifacts.node())),
        root.section("usage", Keys.USAGE)
            .section("openlineage", Keys.OPENLINEAGE)
            .text("kafka_topic"),
        costs(),
        audit(root.section("audit", Keys.AUDIT)),
        Drift.read(reading, root.section("drift", Keys.DRIFT)));
  }

  private Names names(List<String> path, Map<String, Team> teams, Auth auth) {
    Set<String> policies = new HashSet<>();
    for (Node node : promotion.elements("policies")) {
      String name = Section.open(quiet(), node, Keys.POLICY, node).text("name");
      if (name != null && !policies.add(name)) {
        String hint = "give one of them another name";
        reading.problems().error(node, "policy %s is listed twice".formatted(name), hint);
      }
    }
    Set<String> signers = new HashSet<>();
    auth.commandSigners().forEach(signer -> signers.add(signer.name()));
    return new Names(reading, path, teams.keySet(), policies, signers, auth.oidc() != null);
  }

  /** For a look ahead: what is wrong there is reported when the part itself is read. */
  private Reading quiet() {
    return new Reading(new Problems(""), reading.recorded());
  }

  private List<String> artifacts() {
    List<String> names = new ArrayList<>();
    for (Node node : root.textNodes("artifact")) {
      reading
          .word(node, Words::artifact)
          .ifPresent(
              name -> {
                checkFree(node, name);
                if (names.contains(name)) {
                  String message = "artifact %s is listed twice".formatted(name);
                  reading.problems().error(node, message, "keep one");
                }
                names.add(name);
              });
    }
    if (names.isEmpty() && root.has("artifact")) {
      reading.problems().error(root.place("artifact"), "no artifact is named", "floe-platform");
    }
    return names.isEmpty() ? List.of(Manifest.DEFAULT_ARTIFACT) : names;
  }

  /** In the log an artifact's name is a key, and this one is the manifest's own. */
  private void checkFree(Node node, String name) {
    if (name.equals(Manifest.OWN_KEY) && !reading.recorded()) {
      String message = "an artifact cannot be named %s".formatted(name);
      reading.problems().error(node, message, "the word has a meaning of its own; say more");
    }
  }

  private List<Environment> environments(Names names, Map<String, Team> teams, List<Gate> gates) {
    boolean separation = promotion.flag("separation_of_duties", true);
    EnvironmentReader reader = new EnvironmentReader(reading, names, teams, gates, separation);
    return names.environments().stream().map(name -> reader.read(name, environments)).toList();
  }

  private @Nullable Costs costs() {
    if (!root.has("costs")) {
      return null;
    }
    Section section = root.section("costs", Keys.COSTS);
    BigDecimal amount = section.amount("storage_per_gb_month");
    if (!section.has("storage_per_gb_month")) {
      String message = "storage_per_gb_month is missing in costs";
      reading.problems().error(section.node(), message, "storage_per_gb_month: 0.10");
    }
    return new Costs(
        Objects.requireNonNullElse(amount, BigDecimal.ZERO),
        section.text("currency", "USD"),
        section.text("source"));
  }

  private Audit audit(Section section) {
    Span retention =
        Objects.requireNonNullElse(section.span("retention"), Audit.DEFAULT.retention());
    return new Audit(retention, section.elements("alerts").stream().map(this::alert).toList());
  }

  private Audit.Alert alert(Node node) {
    if (node instanceof ScalarNode) {
      checkRule(node);
      return new Audit.Alert(Scalars.text(node), true, Map.of());
    }
    Section section = Section.of(reading, node, Keys.ALERT);
    String rule = section.required("rule", "rule: override_used");
    if (!rule.isEmpty()) {
      checkRule(section.place("rule"));
    }
    Map<String, String> settings = new LinkedHashMap<>();
    section
        .entries()
        .forEach(
            (key, entry) -> {
              if (!key.equals("rule") && !key.equals("enabled")) {
                settings.put(key, String.join(",", section.texts(key)));
              }
            });
    return new Audit.Alert(rule, section.flag("enabled", true), settings);
  }

  private void checkRule(Node node) {
    String rule = Scalars.text(node);
    if (!Audit.RULES.contains(rule)) {
      String hint = Names.meant(rule, Audit.RULES);
      reading.problems().error(node, "there is no alert rule " + rule, hint);
    }
  }
}
