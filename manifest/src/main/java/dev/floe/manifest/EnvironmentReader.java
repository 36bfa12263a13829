package dev.floe.manifest;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads one environment. */
final class EnvironmentReader {

  private final Reading reading;
  private final Names names;
  private final Map<String, Team> teams;
  private final List<Gate> gates;
  private final GateReader gateReader;
  private final RegistryReader registryReader;
  private final boolean separationOfDuties;

  EnvironmentReader(
      Reading reading,
      Names names,
      Map<String, Team> teams,
      List<Gate> gates,
      boolean separationOfDuties) {
    this.reading = reading;
    this.names = names;
    this.teams = teams;
    this.gates = gates;
    this.gateReader = new GateReader(reading, names.environments());
    this.registryReader = new RegistryReader(reading);
    this.separationOfDuties = separationOfDuties;
  }

  /** Reads the environment's section, or its defaults where there is none. */
  Environment read(String name, Section environments) {
    Section section = environments.section(name, Keys.ENVIRONMENT);
    List<String> approvers = approvers(section);
    int quorum = section.count("approvals_per_team", 1, 1);
    checkQuorum(section, approvers, quorum);
    checkApproval(name, section);
    return new Environment(
        name,
        registries(name, section, environments.has(name)),
        section.flag("require_approval", false),
        approvers,
        quorum,
        approvalTimeout(section),
        section.choice("on_approval", Environment.OnApproval.class, Environment.OnApproval.HOLD),
        gateReader.after(section.elements("post_validation"), gates),
        section.elements("freeze").stream().map(this::freeze).toList(),
        section.flag("latest", true),
        AccessReader.read(reading, section, names));
  }

  private List<Registry> registries(String name, Section section, boolean listed) {
    List<Registry> read = new ArrayList<>();
    Node single = section.value("registry");
    if (single != null) {
      registryReader.read(Registry.PRIMARY, single).ifPresent(read::add);
      if (section.has("registries")) {
        String message = "registry and registries exclude each other";
        reading.problems().error(section.place("registries"), message, "keep registries");
      }
      return read;
    }
    Section several = section.section("registries", Keys.REGISTRIES);
    for (String registryName : Registry.NAMES) {
      Node node = several.value(registryName);
      if (node != null) {
        registryReader.read(registryName, node).ifPresent(read::add);
      }
    }
    if (several.value(Registry.PRIMARY) == null && section.has("registries")) {
      reading
          .problems()
          .error(section.place("registries"), "there is no primary registry", "primary: oci://…");
    } else if (read.isEmpty() && !several.has(Registry.PRIMARY) && listed) {
      String message = "environment %s has no registry".formatted(name);
      reading.problems().warning(section.node(), message, "registry: oci://host/namespace");
    }
    return read;
  }

  private List<String> approvers(Section section) {
    Set<String> seen = new HashSet<>();
    for (Node node : section.textNodes("approval_teams")) {
      names.team(node);
      if (!seen.add(Scalars.text(node))) {
        String message = "team %s is listed twice".formatted(Scalars.text(node));
        reading.problems().error(node, message, "approvals_per_team says how many approve");
      }
    }
    return section.texts("approval_teams");
  }

  private void checkApproval(String name, Section section) {
    boolean always =
        Manifest.alwaysNeedsApproval(name) || names.environments().getLast().equals(name);
    boolean required = section.flag("require_approval", always);
    if (always && !required && !reading.recorded()) {
      reading
          .problems()
          .warning(
              section.place("require_approval"),
              "%s always needs approval, whatever stands here".formatted(name),
              "write require_approval: true");
    } else if (!required && section.has("approval_teams") && !always) {
      reading
          .problems()
          .warning(
              section.place("approval_teams"),
              "these teams are not asked",
              "add require_approval: true");
    }
  }

  private void checkQuorum(Section section, List<String> approvers, int quorum) {
    List<Team> listed = approvers.stream().filter(teams::containsKey).map(this::team).toList();
    for (Team team : listed) {
      int size = team.members().size();
      // A team that has nobody at all is reported where it stands.
      if (team.oidcGroup() == null && size > 0 && quorum > size) {
        String message =
            "approvals_per_team is %d, but team %s has %d member(s)"
                .formatted(quorum, team.name(), size);
        Node place =
            section.place(
                section.has("approvals_per_team") ? "approvals_per_team" : "approval_teams");
        reading.problems().error(place, message, "lower it, or add members");
        return;
      }
    }
    boolean all = listed.size() == approvers.size();
    if (approvers.isEmpty() && section.has("approvals_per_team")) {
      String message = "without approval_teams one approval is enough";
      reading.problems().warning(section.place("approvals_per_team"), message, "name the teams");
    }
    if (all && separationOfDuties && !Quorum.canBeMet(listed, quorum)) {
      reading
          .problems()
          .error(
              section.place("approval_teams"),
              "these teams share so many members that nobody can meet them all",
              "one person counts for one team; add members");
    }
  }

  private Team team(String name) {
    Team team = teams.get(name);
    return team == null ? Team.ofGroup(name) : team;
  }

  private Duration approvalTimeout(Section section) {
    if (section.has("approval_timeout") && section.has("approval_timeout_days")) {
      String message = "approval_timeout and approval_timeout_days exclude each other";
      reading.problems().error(section.place("approval_timeout"), message, "keep one");
    }
    String key = section.has("approval_timeout") ? "approval_timeout" : "approval_timeout_days";
    return section.days(key, Environment.DEFAULT_APPROVAL_TIMEOUT);
  }

  private Freeze freeze(Node node) {
    Section section = Section.of(reading, node, Keys.FREEZE);
    Instant from = section.word("from", Words::instant).orElse(null);
    Instant to = section.word("to", Words::instant).orElse(null);
    String rule = section.word("rrule", Words::recurrence).orElse(null);
    Duration duration =
        section.has("duration") ? section.duration("duration", Duration.ofDays(1)) : null;
    ZoneId zone = section.word("timezone", Words::zone).orElse(ZoneOffset.UTC);
    if (rule == null && !(section.has("from") && section.has("to"))) {
      reading.problems().error(node, "a freeze needs from and to, or rrule and duration", "");
    } else if (rule != null && duration == null) {
      reading.problems().error(node, "a recurring freeze needs a duration", "duration: PT12H");
    } else if (from != null && to != null && !to.isAfter(from)) {
      reading.problems().error(section.place("to"), "the freeze ends before it begins", "");
    }
    return new Freeze(from, to, section.text("reason", "freeze"), rule, duration, zone);
  }
}
