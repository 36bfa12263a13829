package dev.floe.manifest;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads permission lists, and who may vouch for whom. */
final class AccessReader {

  private AccessReader() {}

  /** The lists of a section's {@code access}; a permission that is missing has its default. */
  static Map<Permission, List<String>> read(Reading reading, Section around, Names names) {
    Section section = around.section("access", Keys.ACCESS);
    Map<Permission, List<String>> access = new EnumMap<>(Permission.class);
    for (Permission permission : Permission.values()) {
      if (section.has(permission.word())) {
        section.textNodes(permission.word()).forEach(names::grantee);
        access.put(permission, section.texts(permission.word()));
      }
    }
    return access;
  }

  static Auth auth(Reading reading, Section section) {
    Auth.Oidc oidc = section.has("oidc") ? oidc(section.section("oidc", Keys.OIDC)) : null;
    List<Auth.CommandSigner> signers = new ArrayList<>();
    for (Node node : section.elements("command_signers")) {
      Auth.CommandSigner signer = signer(reading, node);
      if (signers.stream().anyMatch(other -> other.name().equals(signer.name()))) {
        String message = "command signer %s is listed twice".formatted(signer.name());
        reading.problems().error(node, message, "give one of them another name");
      }
      signers.add(signer);
    }
    String key = section.text("service_key");
    Secret serviceKey =
        key == null
            ? null
            : section.elsewhere(
                "service_key",
                key,
                "a key does not stand in the manifest",
                "env:NAME or file:PATH");
    return new Auth(oidc, signers, serviceKey);
  }

  private static Auth.Oidc oidc(Section section) {
    return new Auth.Oidc(
        section.required("issuer", "issuer: https://id.example.com"),
        section.required("audience", "audience: floe"),
        section.text("subject", "email"),
        section.text("groups", "groups"));
  }

  private static Auth.CommandSigner signer(Reading reading, Node node) {
    Section section = Section.of(reading, node, Keys.SIGNER);
    List<Permission> may = new ArrayList<>();
    for (Node word : section.textNodes("may")) {
      Permission.of(Scalars.text(word))
          .ifPresentOrElse(
              may::add,
              () ->
                  reading
                      .problems()
                      .error(
                          word,
                          "there is no permission " + Scalars.text(word),
                          Names.meant(Scalars.text(word), Permission.words())));
    }
    if (section.textNodes("may").isEmpty()) {
      reading.problems().error(section.place("may"), "a signer that may nothing", "may: [promote]");
    }
    String jwks = section.required("jwks", "jwks: file:ci-jwks.json");
    if (!jwks.isEmpty() && !jwks.startsWith("file:") && !jwks.startsWith("https://")) {
      String message = "jwks must be file:PATH or https://…";
      reading.problems().error(section.place("jwks"), message, "jwks: file:ci-jwks.json");
    }
    String name = section.required("name", "name: ci");
    for (Node topic : section.textNodes("reply_to")) {
      if (Scalars.text(topic).startsWith("floe.")) {
        // Whoever gets an answer there would write among floe's own records.
        String message = "'%s' is a topic of floe's own".formatted(Scalars.text(topic));
        reading.problems().error(topic, message, "reply_to: [ci.replies]");
      }
    }
    return new Auth.CommandSigner(name, jwks, may, section.texts("reply_to"));
  }
}
