package dev.floe.manifest;

import dev.floe.manifest.RegistryAccess.ClientCertificate;
import dev.floe.manifest.RegistryAccess.Manners;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads one registry: its URL alone, or a section that also says what opens it. */
final class RegistryReader {

  private static final String CA = "ca";
  private static final String CERTIFICATE = "client_certificate";
  private static final String KEY = "client_key";

  /** What stands for a time that could not be read; the manifest is refused then. */
  private static final Duration LONGEST = Duration.ofHours(1);

  private final Reading reading;

  RegistryReader(Reading reading) {
    this.reading = reading;
  }

  Optional<Registry> read(String name, Node node) {
    if (!(node instanceof MappingNode)) {
      return reading
          .word(node, RegistryUrl::parse)
          .map(url -> new Registry(name, url, RegistryAccess.anonymous()));
    }
    Section section = Section.of(reading, node, Keys.REGISTRY);
    section.required("url", "url: oci://host/namespace");
    RegistryAccess access =
        new RegistryAccess(
            credentials(section), pem(section, CA), client(section), manners(section));
    Optional<RegistryUrl> url =
        section.has("url") ? section.word("url", RegistryUrl::parse) : Optional.empty();
    url.ifPresent(place -> checkTls(section, place));
    return url.map(place -> new Registry(name, place, access));
  }

  private static @Nullable Secret credentials(Section section) {
    String text = section.text("credentials");
    if (text == null) {
      return null;
    }
    if (text.equals("docker-config")) {
      return new Secret.DockerConfig();
    }
    return section.elsewhere(
        "credentials",
        text,
        "credentials do not stand in the manifest",
        "env:NAME, file:PATH or docker-config");
  }

  private Manners manners(Section section) {
    List<String> trusted = new ArrayList<>();
    for (Node host : section.textNodes("trusted_hosts")) {
      reading.word(host, RegistryUrl::authority).ifPresent(trusted::add);
    }
    return new Manners(
        section.has("timeout") ? section.duration("timeout", LONGEST) : null,
        section.has("commit_timeout") ? section.duration("commit_timeout", LONGEST) : null,
        section.has("retries") ? (Integer) section.count("retries", 0, 0) : null,
        trusted);
  }

  private @Nullable ClientCertificate client(Section section) {
    Secret certificate = pem(section, CERTIFICATE);
    Secret key = pem(section, KEY);
    if (certificate != null && key != null) {
      return new ClientCertificate(certificate, key);
    }
    if (certificate != null || key != null) {
      String given = certificate != null ? CERTIFICATE : KEY;
      String missing = certificate != null ? KEY : CERTIFICATE;
      reading
          .problems()
          .error(
              section.place(given),
              "%s stands without %s".formatted(given, missing),
              "add %s: file:PATH".formatted(missing));
    }
    return null;
  }

  /** A file or a variable that holds PEM; what else stands there may be a key, and is not shown. */
  private static @Nullable Secret pem(Section section, String key) {
    String text = section.text(key);
    String message = key + " says where the PEM stands; it does not stand in the manifest";
    return text == null ? null : section.elsewhere(key, text, message, "file:PATH or env:NAME");
  }

  private void checkTls(Section section, RegistryUrl url) {
    if (!url.isLayout() && !url.plainHttp()) {
      return;
    }
    for (String key : List.of(CA, CERTIFICATE, KEY)) {
      if (section.has(key)) {
        String message = "%s has no effect: %s is reached without TLS".formatted(key, url);
        String fix = "use oci:// and an address that is not loopback, or remove " + key;
        reading.problems().error(section.place(key), message, fix);
      }
    }
  }
}
