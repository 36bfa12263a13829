package dev.floe.oci.http;

import dev.floe.manifest.Digest;
import dev.floe.oci.BlobSource;
import dev.floe.oci.Descriptor;
import dev.floe.oci.RawManifest;
import dev.floe.oci.Referrers;
import dev.floe.oci.Registry;
import dev.floe.oci.VerifyingStream;
import dev.floe.oci.credentials.CredentialSource;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** A registry that speaks the OCI distribution API over HTTP or HTTPS. */
public final class HttpRegistry implements Registry {

  private final RegistryClient client;
  private final MissingEndpoint missing;
  private final Manifests manifests;
  private final Uploads uploads;
  private final Listings listings;

  /**
   * @param host with its port, if it has one
   */
  public HttpRegistry(
      String host, boolean plainHttp, CredentialSource credentials, HttpSettings settings) {
    this(
        new RegistryClient(
            URI.create((plainHttp ? "http://" : "https://") + host + "/"),
            host,
            credentials,
            settings),
        new MissingEndpoint(System::nanoTime));
  }

  private HttpRegistry(RegistryClient client, MissingEndpoint missing) {
    this.client = client;
    this.missing = missing;
    this.manifests = new Manifests(client);
    this.uploads = new Uploads(client, this);
    this.listings = new Listings(client, manifests, missing);
  }

  @Override
  public Registry waitingUntil(Instant latest) {
    return new HttpRegistry(client.waitingUntil(latest), missing);
  }

  @Override
  public String name() {
    return client.host();
  }

  @Override
  public Optional<Descriptor> head(String repository, String reference) {
    return manifests.head(repository, reference);
  }

  @Override
  public RawManifest manifest(String repository, String reference) {
    return manifests.get(repository, reference);
  }

  @Override
  public boolean hasBlob(String repository, Descriptor blob) {
    String action = "look for blob " + blob.digest() + " in " + repository;
    Call call =
        Call.of("HEAD", blobUri(repository, blob), action, Scope.pull(repository), Call.LOOKED);
    try (Answer answer = client.send(call)) {
      if (answer.status() == 200 || answer.status() == 404) {
        return answer.status() == 200 && isAbout(answer, blob);
      }
    }
    return isRead(repository, blob, action);
  }

  /** Begins to read it, and leaves it at that. */
  private boolean isRead(String repository, Descriptor blob, String action) {
    Call call = Call.of("GET", blobUri(repository, blob), action, Scope.pull(repository), 200, 404);
    Answer answer = client.send(call);
    boolean there = answer.status() == 200 && isAbout(answer, blob);
    answer.abandon();
    return there;
  }

  /**
   * A bare 200 proves nothing: an answer that broke off after its first line looks like that. A
   * registry may know the blob by a digest of another algorithm than ours.
   */
  private static boolean isAbout(Answer answer, Descriptor blob) {
    OptionalLong length = answer.length();
    Optional<String> digest = answer.header("Docker-Content-Digest").map(String::strip);
    String algorithm = blob.digest().algorithm() + ":";
    return (length.isPresent() || digest.isPresent())
        && length.orElse(blob.size()) == blob.size()
        && (digest.filter(said -> said.startsWith(algorithm)).isEmpty()
            || digest.equals(Optional.of(blob.digest().toString())));
  }

  @Override
  public VerifyingStream blob(String repository, Descriptor blob) {
    String action = "read blob " + blob.digest() + " of " + repository;
    Call call = Call.of("GET", blobUri(repository, blob), action, Scope.pull(repository), 200);
    Answer answer = client.send(call);
    OptionalLong length = answer.length();
    if (length.isPresent() && length.getAsLong() != blob.size()) {
      answer.abandon();
      String detail = "it has %d bytes instead of %d".formatted(length.getAsLong(), blob.size());
      throw Failures.mismatch(call, name(), detail);
    }
    return new VerifyingStream(new BlobBody(answer), blob, action, name());
  }

  private URI blobUri(String repository, Descriptor blob) {
    return client.uri("/v2/" + Names.repository(repository) + "/blobs/" + blob.digest());
  }

  @Override
  public void putBlob(String repository, Descriptor blob, BlobSource source) {
    uploads.put(repository, blob, source);
  }

  @Override
  public boolean mount(String repository, Descriptor blob, String from) {
    return uploads.mount(repository, blob, from);
  }

  @Override
  public void putManifest(String repository, String reference, RawManifest manifest) {
    switch (manifests.put(repository, reference, manifest)) {
      case BY_REGISTRY -> listings.keptByRegistry(repository);
      case BY_CLIENT -> listings.addReferrer(repository, manifest);
      case NOT_NEEDED -> {}
    }
  }

  @Override
  public List<String> tags(String repository) {
    return listings.tags(repository);
  }

  @Override
  public Referrers referrers(String repository, Digest subject) {
    return listings.referrers(repository, subject);
  }

  @Override
  public Referrers referrers(String repository, Digest subject, Set<String> tags) {
    return listings.referrers(repository, subject, tags);
  }

  @Override
  public boolean deleteTag(String repository, String tag) {
    return manifests.deleteTag(repository, tag);
  }

  @Override
  public String toString() {
    return name();
  }
}
