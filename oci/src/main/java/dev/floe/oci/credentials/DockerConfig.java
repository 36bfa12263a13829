package dev.floe.oci.credentials;

import dev.floe.oci.json.Json;
import dev.floe.oci.json.JsonException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Docker's {@code config.json}: credentials in it, or in the helper programs it names. */
public final class DockerConfig implements CredentialSource {

  private static final Set<String> HUB =
      Set.of("registry-1.docker.io", "index.docker.io", "docker.io");
  private static final String DOCKER_HUB = "https://index.docker.io/v1/";

  private final Path file;
  private final CredentialHelper helper;

  DockerConfig(Path file, CredentialHelper helper) {
    this.file = file;
    this.helper = helper;
  }

  /** The file that Docker itself would read in this environment. */
  public static DockerConfig at(Map<String, String> environment) {
    String folder = environment.get("DOCKER_CONFIG");
    String home = environment.getOrDefault("HOME", System.getProperty("user.home"));
    Path file =
        folder != null ? Path.of(folder, "config.json") : Path.of(home, ".docker", "config.json");
    return new DockerConfig(file, new CredentialHelper());
  }

  public static DockerConfig in(Path file) {
    return new DockerConfig(file, new CredentialHelper());
  }

  @Override
  public Credentials credentialsFor(String host) {
    try {
      Json config = Json.read(Files.readAllBytes(file));
      for (String name : names(host)) {
        Optional<Credentials> found = lookUp(config, name);
        if (found.isPresent()) {
          return found.get();
        }
      }
      return new Credentials.Anonymous();
    } catch (NoSuchFileException _) {
      return new Credentials.Anonymous();
    } catch (IOException e) {
      throw new CredentialsException("cannot read " + file, e);
    } catch (JsonException e) {
      throw new CredentialsException(file + " is no Docker configuration: " + e.getMessage(), e);
    }
  }

  private static List<String> names(String host) {
    boolean hub = HUB.contains(host);
    return hub
        ? List.of(DOCKER_HUB, "docker.io", host)
        : List.of(host, "https://" + host, "http://" + host);
  }

  private Optional<Credentials> lookUp(Json config, String name) {
    Optional<String> own = config.member("credHelpers").flatMap(helpers -> helpers.text(name));
    if (own.isPresent()) {
      return helper.get(own.get(), name);
    }
    Optional<Credentials> written = entry(config, name).flatMap(this::read);
    if (written.isPresent()) {
      return written;
    }
    return config.text("credsStore").flatMap(store -> helper.get(store, name));
  }

  /** Under that very name, or under another form of it as Docker and its helpers write it. */
  private static Optional<Json> entry(Json config, String name) {
    Optional<Json> auths = config.member("auths");
    Optional<Json> exact = auths.flatMap(all -> all.member(name));
    if (exact.isPresent() || !(auths.orElse(null) instanceof Json.Members(var byName))) {
      return exact;
    }
    return byName.entrySet().stream()
        .filter(each -> hostOf(each.getKey()).equals(hostOf(name)))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** Without scheme and path, as Docker compares them. */
  private static String hostOf(String key) {
    return key.replaceFirst("^https?://", "").replaceFirst("/.*", "").toLowerCase(Locale.ROOT);
  }

  private static Optional<String> filled(Json entry, String name) {
    return entry.text(name).filter(text -> !text.isEmpty());
  }

  private Optional<Credentials> read(Json entry) {
    Optional<String> identity = filled(entry, "identitytoken");
    if (identity.isPresent()) {
      return identity.map(Credentials.IdentityToken::new);
    }
    Optional<String> registry = filled(entry, "registrytoken");
    if (registry.isPresent()) {
      return registry.map(Credentials.Token::new);
    }
    Optional<String> auth = filled(entry, "auth");
    if (auth.isPresent()) {
      return auth.map(this::decode);
    }
    return filled(entry, "username")
        .flatMap(
            user -> entry.text("password").map(password -> new Credentials.Basic(user, password)));
  }

  private Credentials decode(String auth) {
    try {
      String text = new String(Base64.getDecoder().decode(auth), StandardCharsets.UTF_8);
      int colon = text.indexOf(':');
      if (colon > 0) {
        return new Credentials.Basic(text.substring(0, colon), text.substring(colon + 1));
      }
    } catch (IllegalArgumentException _) {
      // Not even Base64: told below, without what it is.
    }
    throw new CredentialsException(file + " has an \"auth\" that is no Base64 of user:password");
  }
}
