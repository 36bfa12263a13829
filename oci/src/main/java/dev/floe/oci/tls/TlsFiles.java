package dev.floe.oci.tls;

import dev.floe.manifest.RegistryAccess;
import dev.floe.manifest.RegistryAccess.ClientCertificate;
import dev.floe.manifest.Secret;
import dev.floe.oci.http.TlsSource;
import dev.floe.oci.tls.Contexts.Identity;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * One registry's CA and our certificate for it, where the manifest says they are. They are read
 * anew for every new connection, so that renewed ones count without a restart. The CA counts for
 * whomever the registry leads to; our certificate is for the registry's own host and port alone.
 */
public final class TlsFiles implements TlsSource {

  private static final int HTTPS = 443;

  /** What stood in the places; compared, never printed. */
  private record Texts(String ca, String certificate, String key) {}

  private record Made(Texts of, Instant usableUntil, SSLContext registry, SSLContext others) {}

  private final String host;
  private final int port;
  private final RegistryAccess access;
  private final Map<String, String> environment;
  private final InstantSource clock;
  private @Nullable Made made;

  /**
   * @param host the registry's host, with its port if it has one
   * @param environment where {@code env:NAME} is looked up
   */
  public TlsFiles(String host, RegistryAccess access, Map<String, String> environment) {
    this(host, access, environment, InstantSource.system());
  }

  TlsFiles(
      String host, RegistryAccess access, Map<String, String> environment, InstantSource clock) {
    URI registry = URI.create("https://" + host);
    this.host = registry.getHost();
    this.port = portOf(registry.getPort());
    this.access = access;
    this.environment = Map.copyOf(environment);
    this.clock = clock;
  }

  private static int portOf(int written) {
    return written < 0 ? HTTPS : written;
  }

  @Override
  public SSLContext contextFor(String otherHost, int otherPort) throws UnusableTls {
    Made current = current();
    boolean isRegistry = otherHost.equalsIgnoreCase(host) && portOf(otherPort) == port;
    return isRegistry ? current.registry() : current.others();
  }

  private synchronized Made current() throws UnusableTls {
    Texts texts = read();
    Made last = made;
    if (last == null || !last.of().equals(texts) || !clock.instant().isBefore(last.usableUntil())) {
      last = make(texts);
      made = last;
    }
    return last;
  }

  private Texts read() throws UnusableTls {
    ClientCertificate client = access.client();
    return new Texts(
        access.ca() == null ? "" : text("ca", access.ca()),
        client == null ? "" : text("client_certificate", client.certificate()),
        client == null ? "" : text("client_key", client.key()));
  }

  private Made make(Texts texts) throws UnusableTls {
    Instant now = clock.instant();
    List<X509Certificate> authorities = authorities(texts, now);
    Identity identity = identity(texts, now);
    Instant until =
        Stream.concat(
                authorities.stream(),
                identity == null ? Stream.empty() : identity.chain().stream().limit(1))
            .map(TlsFiles::end)
            .min(Comparator.naturalOrder())
            .orElse(Instant.MAX);
    SSLContext others = Contexts.make(authorities, null);
    SSLContext registry = identity == null ? others : Contexts.make(authorities, identity);
    return new Made(texts, until, registry, others);
  }

  /** A bundle may hold old ones; they count no longer, which the runtime itself would not see. */
  private List<X509Certificate> authorities(Texts texts, Instant now) throws UnusableTls {
    Secret place = access.ca();
    if (place == null) {
      return List.of();
    }
    List<X509Certificate> all = parsed("ca", place, texts.ca(), Pem::certificates);
    List<X509Certificate> valid = all.stream().filter(each -> now.isBefore(end(each))).toList();
    if (valid.isEmpty()) {
      Instant last = all.stream().map(TlsFiles::end).max(Comparator.naturalOrder()).orElseThrow();
      throw unusable("ca", place, "expired on " + last + "; put the registry's present CA there");
    }
    return valid;
  }

  private @Nullable Identity identity(Texts texts, Instant now) throws UnusableTls {
    ClientCertificate client = access.client();
    if (client == null) {
      return null;
    }
    List<X509Certificate> chain =
        parsed("client_certificate", client.certificate(), texts.certificate(), Pem::certificates);
    X509Certificate own = chain.getFirst();
    if (!now.isBefore(end(own))) {
      String what = "expired on " + end(own) + "; put a renewed one there";
      throw unusable("client_certificate", client.certificate(), what);
    }
    PublicKey owner = own.getPublicKey();
    return new Identity(
        chain,
        parsed("client_key", client.key(), texts.key(), text -> PrivateKeys.read(text, owner)));
  }

  private static Instant end(X509Certificate certificate) {
    return certificate.getNotAfter().toInstant();
  }

  private static <T> T parsed(String key, Secret place, String text, Function<String, T> parse)
      throws UnusableTls {
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException e) {
      throw unusable(key, place, String.valueOf(e.getMessage()));
    }
  }

  private String text(String key, Secret place) throws UnusableTls {
    return switch (place) {
      case Secret.FromFile(String path) -> fileText(key, place, Path.of(path));
      case Secret.FromEnv(String name) -> {
        String value = environment.get(name);
        if (value == null || value.isBlank()) {
          throw unusable(key, place, "is not set; that variable holds PEM");
        }
        yield value;
      }
      case Secret.Inline(String value) -> value;
      case Secret.DockerConfig _, Secret.Fingerprint _ ->
          throw unusable(key, place, "is no place for PEM; write file:PATH or env:NAME");
    };
  }

  private static String fileText(String key, Secret place, Path file) throws UnusableTls {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException _) {
      throw unusable(key, place, "does not exist; put the PEM there, or correct the manifest");
    } catch (AccessDeniedException _) {
      throw unusable(key, place, "may not be read by this process; let its user read it");
    } catch (IOException e) {
      throw unusable(key, place, "cannot be read (" + e.getMessage() + ")");
    }
  }

  private static UnusableTls unusable(String key, Secret place, String what) {
    return new UnusableTls("its %s %s %s".formatted(key, place, what));
  }
}
