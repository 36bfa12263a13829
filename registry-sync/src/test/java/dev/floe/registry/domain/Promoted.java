package dev.floe.registry.domain;

import static dev.floe.kernel.Scenario.NOON;

import dev.floe.manifest.Digest;
import dev.floe.manifest.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What the tests promote, from dev to staging with two registries. */
public final class Promoted {

  public static final String ID = "req-1";
  public static final Version VERSION = Version.parse("v1.2.3");
  public static final Digest DIGEST = Digest.parse("sha256:" + "a".repeat(64));
  public static final Instant LATEST = NOON.plus(Duration.ofMinutes(5));
  public static final RegistryTarget DEV = new RegistryTarget("primary", "oci://127.0.0.1/dev");
  public static final RegistryTarget A = new RegistryTarget("primary", "oci://127.0.0.1/a");
  public static final RegistryTarget B = new RegistryTarget("secondary", "oci://127.0.0.1/b");

  public static final Evidence EVIDENCE =
      new Evidence(
          "user:alice@acme.com",
          7,
          "sha256:" + "b".repeat(64),
          "sha256:" + "c".repeat(64),
          List.of(new Evidence.Gate("unit_tests", "sha256:" + "d".repeat(64))),
          NOON.minusSeconds(60),
          List.of(
              new Evidence.Approval("security", "user:bob@acme.com", NOON.minusSeconds(1), "http")),
          NOON);

  /** Every registry that is promoted to is in the manifest. */
  static final Named RULES = new Named(Map.of("dev", List.of(DEV), "staging", List.of(A, B)));

  private Promoted() {}
}
