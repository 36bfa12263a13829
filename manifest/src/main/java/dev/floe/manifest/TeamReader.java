package dev.floe.manifest;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the teams. */
final class TeamReader {

  private TeamReader() {}

  static Map<String, Team> read(Reading reading, Section teams) {
    Map<String, Team> read = new LinkedHashMap<>();
    teams.entries().forEach((name, entry) -> read.put(name, team(reading, name, entry)));
    return read;
  }

  private static Team team(Reading reading, String name, Section.Entry entry) {
    if (!Name.TEAM.fits(name)) {
      String hint = "at most %d letters, digits and . _ -".formatted(Name.TEAM.longest());
      reading.problems().error(entry.key(), "%s cannot be a team's name".formatted(name), hint);
    }
    Section section = Section.of(reading, entry.value(), Keys.TEAM);
    Set<String> members = new HashSet<>();
    for (Node member : section.textNodes("members")) {
      String identity = Scalars.text(member);
      boolean odd = !Name.USER.fits(identity) || identity.matches(".*\\s.*");
      if (odd || identity.equals("*")) {
        reading.problems().error(member, "%s is nobody".formatted(identity), "lead@example.com");
      } else if (!members.add(identity)) {
        String message = "%s is listed twice in team %s".formatted(identity, name);
        reading.problems().error(member, message, "one person counts once");
      }
    }
    String group = section.text("oidc_group");
    if (section.texts("members").isEmpty() && group == null) {
      reading
          .problems()
          .error(entry.key(), "team %s has nobody".formatted(name), "add members or oidc_group");
    }
    List<String> people = section.texts("members");
    return new Team(name, people, section.text("email"), section.text("slack"), group);
  }
}
