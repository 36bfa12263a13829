package dev.floe.oci.http;

import dev.floe.manifest.Digest;
import dev.floe.manifest.InvalidWord;
import dev.floe.oci.Descriptor;
import dev.floe.oci.MediaTypes;
import dev.floe.oci.RawManifest;
import dev.floe.oci.RegistryException;
import dev.floe.oci.RegistryTrouble;
import dev.floe.oci.json.Json;
import dev.floe.oci.json.JsonException;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Manifests of one registry: read in full and checked, stored as they are. */
final class Manifests {

  /** What servers say that do not know the type. */
  private static final Set<String> SAYS_NOTHING =
      Set.of("", "application/json", "application/octet-stream", "text/plain");

  private static final String DIGEST_HEADER = "Docker-Content-Digest";

  private final RegistryClient client;

  Manifests(RegistryClient client) {
    this.client = client;
  }

  Optional<Descriptor> head(String repository, String reference) {
    Call call =
        call("HEAD", repository, reference, "look up ", Scope.pull(repository), Call.LOOKED);
    Optional<Digest> digest;
    OptionalLong length;
    String type;
    try (Answer answer = client.send(call)) {
      if (answer.status() == 404) {
        return Optional.empty();
      }
      if (answer.status() != 200) {
        return find(repository, reference).map(RawManifest::descriptor);
      }
      digest = digestOf(call, answer);
      length = answer.length();
      type = type(answer);
    }
    if (digest.isEmpty()
        || length.isEmpty()
        || SAYS_NOTHING.contains(type)
        || speaksOfAnotherAlgorithm(digest.get(), reference)) {
      return find(repository, reference).map(RawManifest::descriptor);
    }
    if (Names.isDigest(reference) && !digest.get().toString().equals(reference)) {
      throw Failures.mismatch(call, client.host(), "it says that this is " + digest.get());
    }
    return Optional.of(new Descriptor(type, digest.get(), length.getAsLong()));
  }

  private static boolean speaksOfAnotherAlgorithm(Digest said, String reference) {
    return Names.isDigest(reference) && !reference.startsWith(said.algorithm() + ":");
  }

  /** The manifest, if it is there: a HEAD that speaks of it may have spoken of nothing. */
  Optional<RawManifest> find(String repository, String reference) {
    try {
      return Optional.of(get(repository, reference));
    } catch (RegistryException e) {
      if (e.trouble() == RegistryTrouble.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  RawManifest get(String repository, String reference) {
    Call call = call("GET", repository, reference, "read ", Scope.pull(repository), 200);
    for (int count = 1; ; count++) {
      try (Answer answer = client.send(call)) {
        return read(call, reference, answer);
      } catch (IOException e) {
        RegistryException failure = Failures.of(call, client.host(), e);
        if (count >= client.retries().count() || !failure.trouble().retryable()) {
          throw failure;
        }
        int _ = client.retries().pause(call.action(), count, Optional.empty());
      }
    }
  }

  private RawManifest read(Call call, String reference, Answer answer) throws IOException {
    byte[] bytes = answer.bytes(RawManifest.MAX_BYTES);
    if (bytes.length > RawManifest.MAX_BYTES) {
      answer.abandon();
      throw Failures.invalid(call, client.host(), "the manifest is larger than 4 MiB");
    }
    long promised = answer.length().orElse(bytes.length);
    if (promised != bytes.length) {
      throw new IOException("%d of %d bytes came".formatted(bytes.length, promised));
    }
    Optional<Digest> said = digestOf(call, answer);
    Digest digest =
        Names.isDigest(reference)
            ? Digest.parse(reference)
            : said.orElseGet(() -> Digest.sha256(bytes));
    check(call, digest, bytes);
    if (said.isPresent() && !said.get().equals(digest)) {
      check(call, said.get(), bytes);
    }
    if (!looksLikeObject(bytes)) {
      throw Failures.invalid(call, client.host(), "what came is no manifest, but perhaps a page");
    }
    return RawManifest.of(bytes, mediaType(call, type(answer), bytes), digest);
  }

  /** Without a digest to hold it against, a page for people to sign in would pass as a manifest. */
  private static boolean looksLikeObject(byte[] bytes) {
    int at = 0;
    while (at < bytes.length && " \t\r\n".indexOf(bytes[at]) >= 0) {
      at++;
    }
    return at < bytes.length && bytes[at] == '{';
  }

  private void check(Call call, Digest expected, byte[] bytes) {
    if (!expected.matches(bytes)) {
      throw Failures.mismatch(call, client.host(), "the bytes that came are not " + expected);
    }
  }

  private static String type(Answer answer) {
    String written = answer.header("Content-Type").orElse("");
    return written.replaceFirst("[;,].*", "").strip().toLowerCase(Locale.ROOT);
  }

  private String mediaType(Call call, String served, byte[] bytes) {
    if (!SAYS_NOTHING.contains(served)) {
      return served;
    }
    try {
      Json json = Json.read(bytes);
      boolean index = json.member("manifests").isPresent();
      return json.text("mediaType").orElse(index ? MediaTypes.OCI_INDEX : MediaTypes.OCI_MANIFEST);
    } catch (JsonException e) {
      String detail = "what came is no manifest: " + e.getMessage();
      throw Failures.invalid(call, client.host(), detail);
    }
  }

  private Optional<Digest> digestOf(Call call, Answer answer) {
    Optional<String> written = answer.header(DIGEST_HEADER).map(String::strip);
    try {
      return written.map(Digest::parse);
    } catch (InvalidWord e) {
      throw Failures.invalid(call, client.host(), "its " + DIGEST_HEADER + " is no digest");
    }
  }

  /** Who has to list a manifest among its subject's referrers. */
  enum Listing {
    NOT_NEEDED,
    BY_REGISTRY,
    BY_CLIENT
  }

  /** Stores the manifest. */
  Listing put(String repository, String reference, RawManifest manifest) {
    Call call =
        call("PUT", repository, reference, "store ", Scope.push(repository), 200, 201, 202)
            .with(Map.of("Content-Type", manifest.mediaType()))
            .sending(new Call.Body.Bytes(manifest.bytes()));
    try (Answer answer = client.send(call)) {
      Optional<Digest> stored = digestOf(call, answer);
      if (stored.isPresent() && !stored.get().matches(manifest.bytes())) {
        String detail = "it says that it stored " + stored.get();
        throw Failures.mismatch(call, client.host(), detail);
      }
      if (answer.header("OCI-Subject").isPresent()) {
        return Listing.BY_REGISTRY;
      }
      return hasSubject(manifest) ? Listing.BY_CLIENT : Listing.NOT_NEEDED;
    }
  }

  private static boolean hasSubject(RawManifest manifest) {
    try {
      return Json.read(manifest.bytes()).member("subject").isPresent();
    } catch (JsonException _) {
      return false;
    }
  }

  boolean deleteTag(String repository, String tag) {
    Call call =
        call(
            "DELETE",
            repository,
            tag,
            "delete ",
            Scope.delete(repository),
            200,
            202,
            400,
            404,
            405);
    try (Answer answer = client.send(call)) {
      return answer.status() < 300;
    } catch (RegistryException e) {
      if (e.trouble() == RegistryTrouble.REFUSED) {
        return false;
      }
      throw e;
    }
  }

  private Call call(
      String method,
      String repository,
      String reference,
      String verb,
      Scope scope,
      int... accepted) {
    String joint = Names.isDigest(reference) ? "@" : ":";
    String path = Names.repository(repository) + "/manifests/" + Names.reference(reference);
    String action = verb + "manifest " + repository + joint + reference;
    return Call.of(method, client.uri("/v2/" + path), action, scope, accepted)
        .with(Map.of("Accept", MediaTypes.ACCEPTED_MANIFESTS));
  }
}
