package dev.floe.registry.adapter.registry;

import dev.floe.manifest.RegistryUrl;
import dev.floe.oci.RawManifest;
import dev.floe.oci.RegistryException;
import dev.floe.oci.RegistryTrouble;
import dev.floe.oci.credentials.Credentials;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import land.oras.ContainerRef;
import land.oras.Layer;
import land.oras.Manifest;
import land.oras.Registry;
import land.oras.auth.AuthProvider;
import land.oras.auth.NoAuthProvider;
import land.oras.auth.UsernamePasswordProvider;
import land.oras.exception.OrasException;
import org.jspecify.annotations.Nullable;

/**
 * Pushes with oras-java. Three things are done around it because of how it behaves: the manifest is
 * given to it as text, for it writes annotations in a new order in each process; it is pushed by
 * digest, for without one a time is added and {@code latest} tagged; and a clock runs beside it,
 * for it waits for an answer without end.
 */
final class OrasPusher implements Pusher {

  private final RegistryUrl place;
  private final String repository;
  private final Credentials credentials;
  private final Duration timeout;

  OrasPusher(RegistryUrl place, String repository, Credentials credentials, Duration timeout) {
    this.place = place;
    this.repository = repository;
    this.credentials = credentials;
    this.timeout = timeout;
  }

  @Override
  public void push(List<PackedLayer> layers, RawManifest manifest) {
    try (ExecutorService worker = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> work = worker.submit(() -> pushNow(layers, manifest));
      try {
        work.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        String detail = "it took longer than " + timeout.toMillis() + " ms";
        throw failure(RegistryTrouble.UNREACHABLE, detail, e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw failure(RegistryTrouble.UNREACHABLE, "this was interrupted", e);
      } catch (ExecutionException e) {
        throw translated(e.getCause());
      } finally {
        worker.shutdownNow();
      }
    }
  }

  private void pushNow(List<PackedLayer> layers, RawManifest manifest) {
    Registry registry =
        Registry.builder()
            .withRegistry(place.host())
            .withInsecure(place.plainHttp())
            .withAuthProvider(provider())
            .build();
    ContainerRef target = ContainerRef.parse(place.host() + "/" + repository);
    for (PackedLayer layer : layers) {
      Layer pushed = registry.pushBlob(target, layer.file(), FilesManifest.annotationsOf(layer));
      if (!layer.descriptor().digest().toString().equals(pushed.getDigest())) {
        String detail = layer.title() + " arrived as " + pushed.getDigest();
        throw failure(RegistryTrouble.DIGEST_MISMATCH, detail, null);
      }
    }
    registry.pushBlob(target, FilesManifest.configBytes(layers));
    String text = new String(manifest.bytes(), StandardCharsets.UTF_8);
    ContainerRef byDigest = target.withDigest(manifest.digest().toString());
    registry.pushManifest(byDigest, Manifest.fromJson(text));
  }

  private AuthProvider provider() {
    return switch (credentials) {
      case Credentials.Anonymous _ -> new NoAuthProvider();
      case Credentials.Basic(String user, String password) ->
          new UsernamePasswordProvider(user, password);
      case Credentials.Token(String token) -> new UsernamePasswordProvider("token", token);
      case Credentials.IdentityToken _ ->
          throw failure(
              RegistryTrouble.UNAUTHORIZED,
              "publishing needs a user and a password or a token, not an identity token",
              null);
    };
  }

  private RuntimeException translated(@Nullable Throwable cause) {
    return switch (cause) {
      case RegistryException failure -> failure;
      case OrasException oras -> {
        int status = oras.getStatusCode() == null ? 0 : oras.getStatusCode();
        RegistryTrouble trouble =
            switch (status) {
              case 401, 403 -> RegistryTrouble.UNAUTHORIZED;
              case 404 -> RegistryTrouble.NOT_FOUND;
              case 429 -> RegistryTrouble.RATE_LIMITED;
              default ->
                  status >= 400 && status < 500
                      ? RegistryTrouble.REFUSED
                      : RegistryTrouble.UNREACHABLE;
            };
        String detail = status == 0 ? "the connection failed" : "it answered " + status;
        yield failure(trouble, detail, oras);
      }
      case null, default -> failure(RegistryTrouble.UNREACHABLE, "the push failed", cause);
    };
  }

  private RegistryException failure(
      RegistryTrouble trouble, String detail, @Nullable Throwable cause) {
    return new RegistryException(
        trouble, "publish files to " + repository, place.host(), detail, cause);
  }
}
