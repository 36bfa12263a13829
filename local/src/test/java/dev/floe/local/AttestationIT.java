package dev.floe.local;

import static dev.floe.local.Course.ADA;
import static dev.floe.local.Course.CLEO;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.kernel.Requirement;
import dev.floe.manifest.Digest;
import dev.floe.manifest.RegistryAccess;
import dev.floe.manifest.RegistryUrl;
import dev.floe.oci.Descriptor;
import dev.floe.oci.Repository;
import dev.floe.oci.connect.Registries;
import dev.floe.oci.json.Json;
import dev.floe.oci.testing.Certificates;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Promotions that are signed, by a key that the manifest names. */
class AttestationIT {

  @TempDir Path folder;
  private Whole whole;
  private Path key;

  @BeforeEach
  void name_a_key() {
    whole = Whole.running();
    key = folder.resolve("promotion-key.pem");
    whole.apply(
        Manifests.COURSE
            + "  attestation: {key: 'file:%s', verifier_id: 'https://acme.com/floe'}\n"
                .formatted(key));
  }

  @AfterEach
  void name_none() {
    whole.apply(Manifests.COURSE);
  }

  @Test
  @Requirement("328.9")
  void leave_a_signed_statement_of_each_step_beside_the_artifact() throws Exception {
    KeyPair pair = Certificates.keys("Ed25519", 255);
    Files.writeString(key, Certificates.pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
    Course course = whole.course("attested", "v1.0.0");

    Digest digest = Digest.parse(course.publish());
    course.reach("staging");
    String toProd = course.reachWithApproval("prod");

    assertThat(statements("staging", digest)).hasSize(1);
    List<Json> inProd = statements("prod", digest);
    assertThat(inProd).extracting(AttestationIT::to).containsExactlyInAnyOrder("staging", "prod");
    Json promotion =
        inProd.stream()
            .filter(each -> to(each).equals("prod"))
            .findFirst()
            .map(AttestationIT::promotion)
            .orElseThrow();
    assertThat(promotion.text("id")).contains(toProd);
    assertThat(promotion.elements("gates"))
        .extracting(gate -> gate.text("name").orElse(""))
        .containsExactly(
            "policy_compliance", "behaviour", "manners", "patience", "stubborn", "later");
    assertThat(promotion.elements("approvals"))
        .extracting(approval -> approval.text("by").orElse(""))
        .containsExactlyInAnyOrder(ADA, CLEO);
  }

  @Test
  @Requirement("328.9")
  void fail_before_any_tag_where_the_key_cannot_be_read() throws IOException {
    Course course = whole.course("unattested", "v1.0.0");
    course.publish();

    String id = course.promote("staging").text("id");

    Reply failed = course.await(id, "failed");
    assertThat(failed.texts("blockedBy", "code")).containsExactly("attestation-failed");
    assertThat(failed.texts("blockedBy", "message").toString()).contains(key.toString());
    assertThat(whole.registry().tags("staging/unattested")).isEmpty();
  }

  private List<Json> statements(String environment, Digest digest) throws IOException {
    RegistryUrl url = RegistryUrl.parse("oci://" + whole.door().host() + "/" + environment);
    Repository place =
        Registries.withDefaults().repository(url, "attested", RegistryAccess.anonymous());
    List<Json> statements = new ArrayList<>();
    for (Descriptor referrer : place.referrers(digest).manifests()) {
      Descriptor bundle = place.manifest(referrer.digest()).contents().blobs().getLast();
      try (InputStream layer = place.blob(bundle)) {
        String payload =
            Json.read(layer.readAllBytes())
                .member("dsseEnvelope")
                .flatMap(envelope -> envelope.text("payload"))
                .orElseThrow();
        statements.add(Json.read(Base64.getDecoder().decode(payload.getBytes(UTF_8))));
      }
    }
    return statements;
  }

  private static Json promotion(Json statement) {
    return statement.member("predicate").flatMap(p -> p.member("floe_promotion")).orElseThrow();
  }

  private static String to(Json statement) {
    return promotion(statement).text("to").orElse("");
  }
}
