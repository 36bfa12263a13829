package dev.floe.embedded.oci;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.floe.embedded.oci.store.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Speaks plain HTTP to a registry, one request at a time, and hides nothing. */
final class Client {

  static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  static final String INDEX = "application/vnd.oci.image.index.v1+json";

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final String base;

  Client(OciRegistryServer server) {
    this(server.host());
  }

  Client(String host) {
    this.base = "http://" + host;
  }

  record Answer(HttpResponse<byte[]> response) {
    int status() {
      return response.statusCode();
    }

    byte[] bytes() {
      return response.body();
    }

    String text() {
      return new String(response.body(), StandardCharsets.UTF_8);
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    JsonNode json() {
      try {
        return new JsonMapper().readTree(response.body());
      } catch (IOException e) {
        throw new UncheckedIOException(text(), e);
      }
    }

    String code() {
      return json().path("errors").path(0).path("code").asText();
    }
  }

  Answer send(String method, String path, byte[] body, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create(base + path))
            .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      return new Answer(HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + path, e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  Answer send(String method, String path) {
    return send(method, path, new byte[0]);
  }

  Answer get(String path, String... headers) {
    return send("GET", path, new byte[0], headers);
  }

  /** The location of an upload that has begun. */
  String upload(String repository) {
    return send("POST", "/v2/" + repository + "/blobs/uploads/").header("Location");
  }

  Answer push(String repository, byte[] blob) {
    String path = "/v2/%s/blobs/uploads/?digest=%s".formatted(repository, digest(blob));
    return send("POST", path, blob);
  }

  Answer put(String repository, String reference, String mediaType, byte[] manifest) {
    String path = "/v2/%s/manifests/%s".formatted(repository, reference);
    return send("PUT", path, manifest, "Content-Type", mediaType);
  }

  /** Pushes what a manifest needs, and answers the manifest, which is not pushed. */
  byte[] image(String repository, String... layers) {
    push(repository, bytes("{}"));
    Stream.of(layers).forEach(layer -> push(repository, bytes(layer)));
    return manifest("", layers);
  }

  /** {@code more} are fields of the manifest, each with a comma behind it. */
  static byte[] manifest(String more, String... layers) {
    String config = descriptor("application/vnd.oci.empty.v1+json", bytes("{}"));
    String parts =
        Stream.of(layers)
            .map(layer -> descriptor("application/octet-stream", bytes(layer)))
            .collect(Collectors.joining(","));
    // Indented on purpose: a registry that writes it anew changes the bytes.
    return bytes(
        """
        { "schemaVersion": 2, "mediaType": "%s",
           %s "config": %s,
           "layers": [%s] }
        """
            .formatted(MANIFEST, more, config, parts));
  }

  static byte[] referrer(byte[] subject, String artifactType, String note) {
    return manifest(
        """
        "artifactType": "%s", "subject": %s, "annotations": {"note": "%s"},
        """
            .formatted(artifactType, descriptor(MANIFEST, subject), note));
  }

  static byte[] index(byte[]... manifests) {
    String parts =
        Stream.of(manifests)
            .map(manifest -> descriptor(MANIFEST, manifest))
            .collect(Collectors.joining(", "));
    return bytes(
        "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[%s]}".formatted(INDEX, parts));
  }

  static String descriptor(String mediaType, byte[] content) {
    return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}"
        .formatted(mediaType, digest(content), content.length);
  }

  static String digest(byte[] content) {
    return Digest.of(Digest.Algorithm.SHA256, content).toString();
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
