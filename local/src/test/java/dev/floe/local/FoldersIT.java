package dev.floe.local;

import static dev.floe.local.Course.DANA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.kernel.Requirement;
import dev.floe.manifest.Digest;
import dev.floe.manifest.RegistryAccess;
import dev.floe.manifest.RegistryUrl;
import dev.floe.oci.Repository;
import dev.floe.oci.connect.Registries;
import dev.floe.oci.json.Json;
import dev.floe.oci.testing.SignedPlace;
import dev.floe.oci.testing.Signer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Environments that are folders: what is carried over an air gap. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FoldersIT {

  private static final String REF_NAME = "org.opencontainers.image.ref.name";

  private Whole whole;
  private Path staging;
  private Path spare;

  @BeforeAll
  void start(@TempDir Path folder) {
    staging = folder.resolve("staging");
    spare = folder.resolve("spare");
    whole = Whole.running();
    whole.apply(Manifests.withFolders(staging, spare));
  }

  @AfterAll
  void stop() {
    whole.apply(Manifests.COURSE);
  }

  @Test
  @Requirement({"327.1", "327.6", "330.8", "337.1", "337.2"})
  void a_version_goes_through_a_folder_and_on_and_over_an_air_gap(@TempDir Path carried)
      throws Exception {
    Course course = whole.course("exported", "v1.0.0");
    String digest = course.publish();
    course.reach("staging");

    assertThat(tags(staging, "exported")).containsExactly("latest-staging", "v1.0.0-staging");
    assertThat(digest(staging, "exported", "v1.0.0-staging")).contains(digest);
    Repository place = repository(staging, "exported");
    new SignedPlace(place, place.manifest(Digest.parse(digest))).signUnderTag(Signer.named("any"));
    driftIsFoundAndOver(place, digest);

    course.reachWithApproval("prod");

    assertThat(whole.registry().digest("prod/exported", "v1.0.0")).contains(digest);
    assertThat(whole.registry().tags("prod/exported")).contains(signature(digest));
    assertThat(tags(spare, "exported"))
        .containsExactly("latest-prod", signature(digest), "v1.0.0", "v1.0.0-prod");
    assertThat(digest(spare, "exported", "latest-prod")).contains(digest);
    otherToolsReadIt(staging.resolve("exported") + ":v1.0.0-staging", digest);

    importOnTheOtherSide(carried, digest);
  }

  private static void otherToolsReadIt(String place, String digest) throws Exception {
    if (onPath("skopeo")) {
      byte[] manifest =
          new ProcessBuilder("skopeo", "inspect", "--raw", "oci:" + place)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start()
              .getInputStream()
              .readAllBytes();
      assertThat(Digest.sha256(manifest)).hasToString(digest);
    }
  }

  /** The watch looks every ten seconds, and nobody asks it to; that it is over, somebody asks. */
  private void driftIsFoundAndOver(Repository place, String digest) {
    place.tag("v6.6.6-staging", place.manifest(Digest.parse(digest)));
    awaitStaging("pushed past the gates", true);
    assertThat(place.registry().deleteTag(place.name(), "v6.6.6-staging")).isTrue();
    Reply checked =
        whole.door().as(Whole.OWNER).post("/api/v1/artifacts/exported/tag-checks", "{}");
    assertThat(checked.texts("findings", "kind")).as(checked.toString()).isEmpty();
    awaitStaging("pushed past the gates", false);
  }

  private void awaitStaging(String reason, boolean there) {
    Awaitility.await("the status of exported")
        .atMost(Course.PATIENCE)
        .untilAsserted(
            () -> {
              Reply status = whole.door().as(DANA).get("/api/v1/status?artifact=exported");
              assertThat(status.body().toString().contains(reason))
                  .as(status.toString())
                  .isEqualTo(there);
            });
  }

  /** The folder arrives, here under another name, since it is the same system. */
  private void importOnTheOtherSide(Path carried, String digest) throws IOException {
    copy(staging.resolve("exported"), carried.resolve("carried"));
    whole.apply(Manifests.fromFolder(carried));
    Course course = whole.course("carried", "v1.0.0");

    Shell published =
        whole.shell(DANA, "platform", "publish", "v1.0.0", "--artifact", "carried", "-o", "json");
    assertThat(published.exitCode()).as(published.toString()).isZero();
    assertThat(published.out()).contains(digest);
    course.reachWithApproval("prod");

    assertThat(whole.registry().digest("prod/carried", "v1.0.0-prod")).contains(digest);
    assertThat(whole.registry().tags("prod/carried")).contains(signature(digest));
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path there = to.resolve(from.relativize(file).toString());
        Files.createDirectories(there.getParent());
        Files.copy(file, there);
      }
    }
  }

  private static String signature(String digest) {
    return digest.replace(':', '-') + ".sig";
  }

  private static Repository repository(Path folder, String artifact) {
    return Registries.withDefaults()
        .repository(
            RegistryUrl.parse("oci-layout:" + folder), artifact, RegistryAccess.anonymous());
  }

  private static List<String> tags(Path folder, String artifact) throws IOException {
    return entries(folder, artifact).stream()
        .flatMap(entry -> name(entry).stream())
        .sorted()
        .toList();
  }

  private static Optional<String> digest(Path folder, String artifact, String tag)
      throws IOException {
    return entries(folder, artifact).stream()
        .filter(entry -> name(entry).filter(tag::equals).isPresent())
        .flatMap(entry -> entry.text("digest").stream())
        .findFirst();
  }

  private static Optional<String> name(Json entry) {
    return entry.member("annotations").flatMap(annotations -> annotations.text(REF_NAME));
  }

  private static List<Json> entries(Path folder, String artifact) throws IOException {
    byte[] index = Files.readAllBytes(folder.resolve(artifact).resolve("index.json"));
    return Json.read(index).elements("manifests");
  }

  private static boolean onPath(String tool) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
  }
}
