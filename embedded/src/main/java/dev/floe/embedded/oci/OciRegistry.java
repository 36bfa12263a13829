package dev.floe.embedded.oci;

import dev.floe.embedded.oci.WritePolicy.Act;
import dev.floe.embedded.oci.WritePolicy.Allowed;
import dev.floe.embedded.oci.WritePolicy.Denied;
import dev.floe.embedded.oci.store.RegistryFolder;
import dev.floe.embedded.oci.store.RepositoryName;
import dev.floe.embedded.oci.store.Uploads;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An OCI distribution-spec 1.1.1 registry over a folder of its own. What it has acknowledged is on
 * disk; everyone may read, and the policy says who may write. Safe for any number of threads.
 */
public final class OciRegistry {

  private static final Logger LOG = LoggerFactory.getLogger(OciRegistry.class);
  private static final String CHALLENGE = "Basic realm=\"floe\"";

  private final WritePolicy policy;
  private final RegistryOptions options;
  private final RegistryFolder folder;
  private final BlobEndpoint blobs;
  private final Uploads pending;
  private final UploadEndpoint uploads;
  private final ManifestEndpoint manifests;
  private final ListEndpoint lists;

  public OciRegistry(Path folder, WritePolicy policy) throws IOException {
    this(folder, policy, RegistryOptions.standard());
  }

  public OciRegistry(Path folder, WritePolicy policy, RegistryOptions options) throws IOException {
    this.policy = policy;
    this.options = options;
    this.folder = new RegistryFolder(folder);
    this.blobs = new BlobEndpoint(this.folder);
    this.pending = new Uploads(this.folder, options.uploadExpiry(), options.clock());
    this.uploads = new UploadEndpoint(this.folder, pending);
    this.manifests = new ManifestEndpoint(this.folder, options.referrers());
    this.lists = new ListEndpoint(this.folder, options);
  }

  /** Answers every request, also one that fails; blocks while it reads the body. */
  public Response handle(Request request) {
    Response response;
    try {
      response = answer(request);
    } catch (RegistryError e) {
      response = e.response();
    } catch (IOException | RuntimeException e) {
      LOG.atWarn()
          .addKeyValue("method", request.method())
          .addKeyValue("path", request.path())
          .addKeyValue("remote", request.remote())
          .setCause(e)
          .log("The registry could not answer a request");
      response =
          RegistryError.answer(
              500,
              "UNKNOWN",
              "the registry could not read the request or its own folder; its log tells why");
    }
    return response.finished(request.method());
  }

  /**
   * Deletes uploads that rest for too long, blobs that no manifest of their repository names and
   * that nobody has pushed or asked for as long, and content that no repository has; answers the
   * bytes freed. Writers wait meanwhile.
   */
  public long collectGarbage() throws IOException {
    pending.sweep();
    return folder.collectGarbage(options.clock().instant(), options.uploadExpiry());
  }

  private Response answer(Request request) throws IOException {
    Optional<Route> route = Route.of(Request.decoded(request.path()));
    if (route.isEmpty()) {
      return RegistryError.answer(404, "UNSUPPORTED", "distribution-spec has no such path");
    }
    return switch (route.get()) {
      case Route.Base _ ->
          reading(
              request,
              () ->
                  Response.of(200)
                      .with("WWW-Authenticate", CHALLENGE)
                      .carrying("application/json", Body.of(new byte[] {'{', '}'})));
      case Route.Catalog _ -> reading(request, () -> lists.catalog(request));
      case Route.Tags(var name) -> reading(request, () -> lists.tags(name, request));
      case Route.Referrers(var name, var digest) ->
          reading(request, () -> lists.referrers(name, digest, request));
      case Route.Blob(var name, var digest) -> blob(name, digest, request);
      case Route.Manifest(var name, var reference) -> manifest(name, reference, request);
      case Route.Upload(var name, var id) -> upload(name, id, request);
      case Route.NewUpload(var name) ->
          request.method().equals("POST")
              ? writing(name, Act.PUSH, request, by -> uploads.start(name, by.who(), request))
              : notAllowed("POST");
    };
  }

  private Response blob(RepositoryName name, String digest, Request request) throws IOException {
    return switch (request.method()) {
      case "GET", "HEAD" -> blobs.get(name, digest, request);
      case "DELETE" -> writing(name, Act.DELETE, request, _ -> blobs.delete(name, digest));
      default -> notAllowed("GET, HEAD, DELETE");
    };
  }

  private Response manifest(RepositoryName name, String reference, Request request)
      throws IOException {
    return switch (request.method()) {
      case "GET", "HEAD" -> manifests.get(name, reference, request);
      case "PUT" ->
          writing(
              name, Act.PUSH, request, by -> manifests.put(name, reference, request, by.lasting()));
      case "DELETE" -> writing(name, Act.DELETE, request, _ -> manifests.delete(name, reference));
      default -> notAllowed("GET, HEAD, PUT, DELETE");
    };
  }

  private Response upload(RepositoryName name, String id, Request request) throws IOException {
    return switch (request.method()) {
      case "GET", "HEAD" -> uploads.status(name, id);
      case "PATCH" -> uploading(name, id, request, () -> uploads.append(name, id, request));
      case "PUT" -> uploading(name, id, request, () -> uploads.finish(name, id, request));
      case "DELETE" -> uploading(name, id, request, () -> uploads.cancel(name, id));
      default -> notAllowed("GET, PATCH, PUT, DELETE");
    };
  }

  private interface Answer {
    Response get() throws IOException;
  }

  private static Response reading(Request request, Answer answer) throws IOException {
    return switch (request.method()) {
      case "GET", "HEAD" -> answer.get();
      default -> notAllowed("GET, HEAD");
    };
  }

  private interface Write {
    Response by(Allowed writer) throws IOException;
  }

  /** Somebody else's upload is as unknown as one that is not there. */
  private Response uploading(RepositoryName name, String id, Request request, Answer answer)
      throws IOException {
    return writing(
        name,
        Act.PUSH,
        request,
        by -> Uploads.isBy(id, by.who()) ? answer.get() : UploadEndpoint.unknown(name, id));
  }

  private Response writing(RepositoryName name, Act act, Request request, Write write)
      throws IOException {
    String[] basic = basic(request.header("Authorization").orElse(""));
    String user = basic == null ? null : basic[0];
    String password = basic == null ? null : basic[1];
    return switch (policy.check(name.value(), act, user, password)) {
      case Allowed writer -> write.by(writer);
      case Denied(String because) ->
          basic == null
              ? RegistryError.answer(401, "UNAUTHORIZED", because)
                  .with("WWW-Authenticate", CHALLENGE)
              : RegistryError.answer(403, "DENIED", because);
    };
  }

  /** User and password; null when the header is not of the Basic scheme. */
  private static String @Nullable [] basic(String authorization) {
    if (!authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
      return null;
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(authorization.substring(6).strip());
      String[] parts = new String(decoded, StandardCharsets.UTF_8).split(":", 2);
      return parts.length == 2 ? parts : null;
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  private static Response notAllowed(String allowed) {
    return RegistryError.answer(405, "UNSUPPORTED", "this path takes " + allowed)
        .with("Allow", allowed);
  }
}
