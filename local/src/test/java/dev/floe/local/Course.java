package dev.floe.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.oci.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;

/** The main job for one version of one artifact, step by step, as people do it over HTTP. */
final class Course {

  static final String DANA = "dana@acme.com";
  static final String ADA = "ada@acme.com";
  static final String BEN = "ben@acme.com";
  static final String CLEO = "cleo@acme.com";

  static final Duration PATIENCE = Duration.ofMinutes(3);

  private static final String PROMOTIONS = "/api/v1/promotions";
  private static final Set<String> FINAL =
      Set.of(
          "succeeded",
          "failed",
          "refused",
          "denied",
          "expired",
          "withdrawn",
          "cancelled",
          "superseded");

  private final Door door;
  private final String artifact;
  private final String version;

  Course(Door door, String artifact, String version) {
    this.door = door;
    this.artifact = artifact;
    this.version = version;
  }

  String artifact() {
    return artifact;
  }

  String version() {
    return version;
  }

  String versions() {
    return "/api/v1/artifacts/%s/versions".formatted(artifact);
  }

  /** Sends files and registers the version; its digest. */
  String publish() {
    Reply stored = store("one: " + version);
    assertThat(stored.status()).as(stored.toString()).isEqualTo(201);
    Reply registered = register(stored.text("digest"));
    assertThat(registered.status()).as(registered.toString()).isIn(200, 202);
    assertThat(registered.text("digest")).isEqualTo(stored.text("digest"));
    return stored.text("digest");
  }

  Reply store(String content) {
    byte[] tar =
        Tar.of(
            Map.of("policies/p.yaml", content + "\n", "catalog/c.yaml", "artifact: " + artifact));
    return door.as(DANA)
        .put("%s/%s/files".formatted(versions(), version), tar, "application/x-tar");
  }

  Reply register(String digest) {
    return door.as(DANA)
        .post(versions(), "{\"version\":\"%s\",\"digest\":\"%s\"}".formatted(version, digest));
  }

  Reply promote(String to) {
    return promote(DANA, to, "");
  }

  /**
   * Asks for a promotion.
   *
   * @param more further members of the body, each after a comma
   */
  Reply promote(String user, String to, String more) {
    return door.as(user)
        .post(
            PROMOTIONS,
            "{\"artifact\":\"%s\",\"version\":\"%s\",\"to\":\"%s\"%s}"
                .formatted(artifact, version, to, more));
  }

  Reply cancel(String id) {
    return door.as(DANA).post("%s/%s/cancel".formatted(PROMOTIONS, id), "{}");
  }

  Reply decide(String user, String id, String decision) {
    return door.as(user)
        .post(
            "/api/v1/approvals/%s/decisions".formatted(id),
            "{\"decision\":\"%s\"}".formatted(decision));
  }

  /** Promotes to an environment that asks nobody, and waits for the end; the id. */
  String reach(String environment) {
    Reply asked = promote(environment);
    assertThat(asked.status()).as(asked.toString()).isIn(200, 202);
    await(asked.text("id"), "succeeded");
    return asked.text("id");
  }

  /** Asks for approval, has it given, and goes on to the end; the id. */
  String reachWithApproval(String environment) {
    Reply asked = promote(DANA, environment, ",\"requestApproval\":true");
    assertThat(asked.status()).as(asked.toString()).isIn(200, 202);
    String id = asked.text("id");
    await(id, "awaiting_approval");
    awaitApproval(id);
    assertThat(decide(ADA, id, "approve").status()).isEqualTo(202);
    assertThat(decide(CLEO, id, "approve").status()).isEqualTo(202);
    await(id, "approved");
    Reply again = promote(environment);
    assertThat(again.text("id")).as(again.toString()).isEqualTo(id);
    await(id, "succeeded");
    return id;
  }

  /** Waits until people can decide: the approval is known to its owner. */
  void awaitApproval(String id) {
    Awaitility.await("approval " + id)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> events(id).contains("approval_requested"));
  }

  /** Waits for a state, and for no longer than until another final one. */
  Reply await(String id, String state) {
    Reply seen =
        Awaitility.await("%s of %s is %s".formatted(id, artifact, state))
            .atMost(PATIENCE)
            .pollInterval(Duration.ofMillis(50))
            .until(
                () -> promotion(id),
                reply -> reply.text("state").equals(state) || FINAL.contains(reply.text("state")));
    assertThat(seen.text("state")).as(seen.body().toString()).isEqualTo(state);
    return seen;
  }

  Reply promotion(String id) {
    return door.as(DANA).get(PROMOTIONS + "/" + id);
  }

  /** Names of the events that tell of a promotion, oldest first. */
  List<String> events(String id) {
    return trail("request=" + id).stream().map(entry -> entry.text("event").orElse("")).toList();
  }

  /** The trail's entries, oldest first. */
  List<Json> trail(String query) {
    Reply page = door.as(ADA).get("/api/v1/audit?order=asc&limit=1000&" + query);
    assertThat(page.status()).as(page.toString()).isEqualTo(200);
    return page.body().elements("entries");
  }

  static void apply(Door door, String owner, String manifest) {
    Reply applied =
        door.as(owner)
            .put("/api/v1/manifest?allowEmpty=true", manifest.getBytes(UTF_8), "application/yaml");
    assertThat(applied.status()).as(applied.toString()).isEqualTo(200);
  }
}
