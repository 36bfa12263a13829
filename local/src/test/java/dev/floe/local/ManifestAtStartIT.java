package dev.floe.local;

import static dev.floe.local.Course.DANA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.floe.promotion.PromotionService;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a manifest file does that a system is started with, and what one of a person does. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ManifestAtStartIT {

  private static final String OTHER = "path: dev -> staging\n";

  private final Whole whole = Whole.running();

  @TempDir Path folder;

  @BeforeEach
  @AfterEach
  void course() {
    whole.apply(Manifests.COURSE);
  }

  private String inForce() {
    return Manifests.COURSE.replace("PORT", Integer.toString(whole.port()));
  }

  private ManifestAtStart start(String user, String text, boolean allowEmpty) throws IOException {
    Path file = Files.writeString(folder.resolve("manifest.yaml"), text);
    var settings =
        new FloeSystem.Settings(
            whole.data(), whole.port(), file, user, allowEmpty, Storage.RESERVE_MB);
    return new ManifestAtStart(service().manifestDesk(), settings, Duration.ofMinutes(1));
  }

  /** By which the system decides; what reads tell may be a moment behind. */
  private long revision() {
    return service().rules().orElseThrow().revision();
  }

  private PromotionService service() {
    return whole.system().http().getBean(PromotionService.class);
  }

  private Reply put(String user, String text, String query) {
    byte[] yaml = text.getBytes(StandardCharsets.UTF_8);
    return whole.door().as(user).put("/api/v1/manifest" + query, yaml, "application/yaml");
  }

  @Test
  void what_is_in_force_needs_no_permission_and_leaves_no_trace() throws IOException {
    long before = revision();

    assertThat(start(DANA, inForce(), false).apply(true)).isEmpty();
    assertThat(start(DANA, "# said otherwise\n" + inForce(), false).apply(false)).isEmpty();
    assertThat(put(DANA, inForce(), "").status()).isEqualTo(200);

    assertThat(revision()).isEqualTo(before);
    assertThat(put(DANA, inForce() + "drift: {every: 2h}\n", "").status()).isEqualTo(403);
  }

  @Test
  void a_refused_file_is_a_warning_where_another_is_in_force() throws IOException {
    long before = revision();
    String bad = inForce() + OTHER;

    assertThat(start(Whole.OWNER, bad, false).apply(true))
        .hasValueSatisfying(
            refused ->
                assertThat(refused.getMessage())
                    .contains(folder.resolve("manifest.yaml") + ":")
                    .contains("unknown key path"));
    assertThat(revision()).isEqualTo(before);
    assertThatThrownBy(() -> start(Whole.OWNER, bad, false).apply(false))
        .isInstanceOf(BadManifest.class)
        .hasMessageContaining("unknown key path");
  }

  @Test
  void a_file_that_cannot_be_read_is_said_to_be() throws IOException {
    var start = start(Whole.OWNER, inForce(), false);
    Files.delete(folder.resolve("manifest.yaml"));

    assertThatThrownBy(() -> start.apply(true))
        .isInstanceOf(dev.floe.embedded.folder.CannotStartException.class)
        .hasMessageContaining("manifest.yaml");
    assertThat(start.applyChanged(folder.resolve("manifest.yaml")))
        .contains("the last good manifest stays in force");
  }

  @Test
  void nothing_at_all_is_taken_for_a_slip() throws IOException {
    long before = revision();

    assertThat(put(Whole.OWNER, "{}", "").code()).isEqualTo("invalid-manifest");
    assertThat(put(Whole.OWNER, "artifact: floe-platform\n", "").code())
        .isEqualTo("invalid-manifest");
    assertThat(put(Whole.OWNER, "promotion: {path: dev -> prod}\n", "").text("detail"))
        .contains("no gates and teams")
        .contains("revision " + before);
    assertThat(start(Whole.OWNER, "{}", false).apply(true))
        .hasValueSatisfying(
            refused ->
                assertThat(refused.getMessage())
                    .contains("manifest.yaml:1:1: error: the manifest says nothing")
                    .contains("--allow-empty"));
    assertThat(revision()).isEqualTo(before);

    assertThat(start(Whole.OWNER, "{}", true).apply(true)).isEmpty();
    assertThat(revision()).isEqualTo(before + 1);
    assertThat(put(Whole.OWNER, inForce(), "").status()).isEqualTo(200);
    assertThat(put(Whole.OWNER, "promotion: {path: dev -> prod}\n", "?allowEmpty=true").status())
        .isEqualTo(200);
  }

  @Test
  void what_became_of_it_stands_in_the_log() throws IOException {
    var _ = put(Whole.OWNER, inForce() + "drift: {every: 3h}\n", "");
    var _ = put(Whole.OWNER, inForce() + OTHER, "");

    org.awaitility.Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(Files.readString(whole.data().resolve("floe.log")))
                    .contains("floe.system ready url=" + whole.system().url())
                    .containsPattern("floe.events ManifestApplied .*by=" + Whole.OWNER)
                    .containsPattern("floe.events ManifestRefused .*by=" + Whole.OWNER));
  }
}
