package dev.floe.local;

import static dev.floe.local.Course.DANA;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.floe.kernel.Requirement;
import dev.floe.manifest.RegistryAccess;
import dev.floe.manifest.RegistryUrl;
import dev.floe.manifest.Secret;
import dev.floe.oci.Repository;
import dev.floe.oci.connect.Registries;
import dev.floe.oci.testing.Certificates;
import dev.floe.oci.testing.DockerRegistry;
import dev.floe.oci.testing.Faults;
import dev.floe.oci.testing.FaultyProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The main job with three registries of another make: the first is under a CA of its own and wants
 * our certificate, the second is spoilt at times.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OtherRegistriesIT {

  private Whole whole;
  private DockerRegistry dev;
  private RegistryAccess intoDev;
  private DockerRegistry staging;
  private DockerRegistry prod;
  private FaultyProxy beforeStaging;

  @BeforeAll
  void start(@TempDir Path folder) throws IOException {
    assumeThat(DockerRegistry.isInstalled()).as("docker-registry is installed").isTrue();
    Certificates ca = Certificates.of("private ca");
    dev = DockerRegistry.startSecure(folder.resolve("dev"), ca);
    intoDev = access(folder, ca);
    staging = DockerRegistry.start(folder.resolve("staging"));
    prod = DockerRegistry.start(folder.resolve("prod"));
    beforeStaging = FaultyProxy.before(staging.host());
    whole = Whole.running();
    String manifest =
        Manifests.at(dev.host() + "/floe", beforeStaging.host() + "/floe", prod.host() + "/floe");
    whole.apply(manifest.replace("{registry: oci://" + dev.host() + "/floe}", devSection()));
  }

  private static RegistryAccess access(Path folder, Certificates ca) throws IOException {
    Certificates.Issued client = ca.client("floe");
    return new RegistryAccess(
        null,
        written(folder.resolve("ca.pem"), ca.ca().pem()),
        new RegistryAccess.ClientCertificate(
            written(folder.resolve("client.pem"), client.pem()),
            written(folder.resolve("client.key"), client.keyPem())));
  }

  private static Secret written(Path file, String text) throws IOException {
    return new Secret.FromFile(Files.writeString(file, text).toString());
  }

  private String devSection() {
    var client = Objects.requireNonNull(intoDev.client());
    return "{registry: {url: oci://%s/floe, ca: %s, client_certificate: %s, client_key: %s}}"
        .formatted(dev.host(), intoDev.ca(), client.certificate(), client.key());
  }

  @AfterAll
  void stop() {
    if (beforeStaging != null) {
      whole.apply(Manifests.COURSE);
      beforeStaging.close();
      dev.close();
      staging.close();
      prod.close();
    }
  }

  @Test
  @Requirement({"326.5", "327.1", "327.2", "327.3", "337.2"})
  void one_digest_goes_through_three_of_them_and_has_all_its_tags() {
    Course course = whole.course("docker", "v1.2.3");

    String digest = course.publish();
    course.reach("staging");
    course.reachWithApproval("prod");

    assertTagsInDev(digest, "latest-dev", "v1.2.3-dev");
    assertTags(staging, digest, "latest-staging", "v1.2.3-staging");
    assertTags(prod, digest, "latest-prod", "v1.2.3", "v1.2.3-prod");
  }

  private void assertTagsInDev(String digest, String... tags) {
    RegistryUrl url = RegistryUrl.parse("oci://" + dev.host() + "/floe");
    Repository view = Registries.withDefaults().repository(url, "docker", intoDev);
    Awaitility.await()
        .atMost(Course.PATIENCE)
        .untilAsserted(() -> assertThat(view.tags()).containsExactlyInAnyOrder(tags));
    for (String tag : tags) {
      assertThat(view.head(tag).map(there -> there.digest().toString())).as(tag).contains(digest);
    }
  }

  private static void assertTags(DockerRegistry registry, String digest, String... tags) {
    var view = new RegistryView(registry.host());
    Awaitility.await()
        .atMost(Course.PATIENCE)
        .untilAsserted(() -> assertThat(view.tags("floe/docker")).containsExactly(tags));
    for (String tag : tags) {
      assertThat(view.digest("floe/docker", tag)).as(tag).contains(digest);
    }
  }

  @Test
  void one_that_answers_500_is_tried_again_until_it_does_not() {
    Course course = whole.course("stumbling", "v1.0.0");
    course.publish();
    beforeStaging.with(Faults.times(2, Faults.status(500)));
    try {
      course.reach("staging");
    } finally {
      beforeStaging.behave();
    }
  }

  @Test
  void one_that_always_answers_500_fails_the_promotion_and_gets_no_tag() {
    Course course = whole.course("broken", "v1.0.0");
    course.publish();
    beforeStaging.with(Faults.status(500));
    String id;
    try {
      id = course.promote("staging").text("id");
      Reply failed = course.await(id, "failed");
      assertThat(failed.texts("blockedBy", "code")).containsExactly("registry-unreachable");
    } finally {
      beforeStaging.behave();
    }
    assertThat(new RegistryView(staging.host()).tags("floe/broken")).isEmpty();
    course.reach("staging");
  }

  @Test
  @Requirement({"327.6", "337.3"})
  void a_tag_that_somebody_else_has_taken_is_not_moved() {
    Course taken = whole.course("taken", "v1.0.0");
    String digest = taken.publish();
    Course other = whole.course("taken", "v1.1.0");
    other.publish();
    taken.reach("staging");
    // Any client can write to such a registry: here it takes the tag that v1.1.0 is going to need.
    var view = new RegistryView(staging.host());
    view.retag("floe/taken", digest, "v1.1.0-staging");

    String id = other.promote(DANA, "staging", "").text("id");

    Reply failed = other.await(id, "failed");
    assertThat(failed.texts("blockedBy", "code")).containsExactly("immutable-tag");
    assertThat(view.digest("floe/taken", "v1.1.0-staging")).contains(digest);
    assertThat(view.digest("floe/taken", "latest-staging")).contains(digest);
  }

  @Test
  @Requirement("337.3")
  void one_that_serves_other_bytes_than_it_was_given_gets_no_tag() {
    Course course = whole.course("lying", "v1.0.0");
    course.publish();
    String manifest = "application/vnd.oci.image.manifest.v1+json";
    beforeStaging.with(
        exchange ->
            exchange.getRequestMethod().equals("GET")
                && exchange.getRequestURI().getPath().contains("/manifests/sha256:")
                && Faults.serving(manifest, "{\"schemaVersion\":2}".getBytes(UTF_8))
                    .answers(exchange));
    try {
      String id = course.promote("staging").text("id");
      Reply failed = course.await(id, "failed");
      assertThat(failed.texts("blockedBy", "code")).containsExactly("digest-mismatch");
      assertThat(failed.texts("registries", "state")).containsExactly("failed");
    } finally {
      beforeStaging.behave();
    }
    assertThat(new RegistryView(staging.host()).tags("floe/lying")).isEmpty();
    course.reach("staging");
  }

  @Test
  void one_that_is_slow_is_waited_for() {
    Course course = whole.course("slow", "v1.0.0");
    course.publish();
    beforeStaging.with(Faults.after(Duration.ofMillis(200)));
    try {
      course.reach("staging");
    } finally {
      beforeStaging.behave();
    }
  }
}
