package dev.floe.oci.http;

import dev.floe.oci.BlobSource;
import dev.floe.oci.Descriptor;
import dev.floe.oci.Registry;
import dev.floe.oci.RegistryException;
import dev.floe.oci.RegistryTrouble;
import dev.floe.oci.VerifyingStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings blobs into one registry, whole or not at all. */
final class Uploads {

  private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);

  /** Who may not, or cannot, mount can perhaps still send; that will tell the true reason. */
  private static final int[] MOUNT_ANSWERS = {201, 202, 400, 401, 403, 404, 405, 415, 501};

  private final RegistryClient client;
  private final Registry registry;

  Uploads(RegistryClient client, Registry registry) {
    this.client = client;
    this.registry = registry;
  }

  /** Sends the blob, again from its beginning if need be, and asks whether it is really there. */
  void put(String repository, Descriptor blob, BlobSource source) {
    String action = "send blob " + blob.digest() + " to " + repository;
    int count = 1;
    while (true) {
      AskedWait asked = new AskedWait();
      try {
        send(repository, blob, source, action, asked);
        break;
      } catch (RegistryException e) {
        if (!e.trouble().retryable() || client.retries().isOver(count, asked.time)) {
          throw e;
        }
        count = client.retries().pause(action, count, asked.time);
        // The answer may have been lost after all the bytes had arrived.
        if (registry.hasBlob(repository, blob)) {
          return;
        }
      }
    }
    if (!registry.hasBlob(repository, blob)) {
      throw new RegistryException(
          RegistryTrouble.INVALID_RESPONSE,
          action,
          client.host(),
          "it said that it stored the blob and does not have it");
    }
  }

  /** How long the registry asks us to wait before the next attempt, if it does. */
  private static final class AskedWait {
    private Optional<Duration> time = Optional.empty();
  }

  private void send(
      String repository, Descriptor blob, BlobSource source, String action, AskedWait asked) {
    Call start = Call.of("POST", uploads(repository), action, Scope.push(repository), 202);
    URI session;
    try (Answer answer = client.send(start)) {
      session = client.location(start, start.uri(), answer);
    }
    BlobSource checked = () -> checked(source, blob);
    Call put =
        Call.of("PUT", withDigest(session, blob), action, Scope.push(repository), 201, 204)
            .with(Map.of("Content-Type", "application/octet-stream"))
            .sending(new Call.Body.Stream(checked, blob.size()));
    try {
      client.sendOnce(put, answer -> asked.time = Retries.askedBy(answer)).close();
      LOG.debug("sent blob digest={} bytes={}", blob.digest(), blob.size());
    } catch (RegistryException e) {
      cancel(repository, session);
      throw e;
    }
  }

  /** What comes from another registry is checked already; hashing it twice costs as much again. */
  private static InputStream checked(BlobSource source, Descriptor blob) throws IOException {
    InputStream in = source.open();
    boolean already =
        in instanceof VerifyingStream stream
            && stream.expected().digest().equals(blob.digest())
            && stream.expected().size() == blob.size();
    return already ? in : new VerifyingStream(in, blob, "read blob " + blob.digest(), "its source");
  }

  boolean mount(String repository, Descriptor blob, String from) {
    String query = "?mount=" + blob.digest() + "&from=" + Names.repository(from);
    String action = "mount blob " + blob.digest() + " of " + from + " in " + repository;
    URI uri = URI.create(uploads(repository) + query);
    Scope scope = Scope.push(repository).and(Scope.pull(from));
    Call call = Call.of("POST", uri, action, scope, MOUNT_ANSWERS);
    URI session;
    try (Answer answer = client.send(call)) {
      if (answer.status() == 201) {
        return registry.hasBlob(repository, blob);
      }
      if (answer.status() != 202) {
        return false;
      }
      session = client.location(call, uri, answer);
    }
    cancel(repository, session);
    return false;
  }

  /** Best effort: a registry clears sessions that nobody goes on with by itself, later. */
  private void cancel(String repository, URI session) {
    String action = "cancel an upload to " + repository;
    Call call = Call.of("DELETE", session, action, Scope.push(repository), 200, 202, 204, 404, 405);
    try {
      client.sendOnce(call, _ -> {}).close();
    } catch (RegistryException e) {
      LOG.debug("could not cancel an upload reason={}", e.getMessage());
    }
  }

  private URI uploads(String repository) {
    return client.uri("/v2/" + Names.repository(repository) + "/blobs/uploads/");
  }

  private static URI withDigest(URI session, Descriptor blob) {
    String joint = session.getRawQuery() == null ? "?" : "&";
    return URI.create(session + joint + "digest=" + blob.digest());
  }
}
