package dev.floe.registry.domain;

import static dev.floe.kernel.Scenario.NOON;

import dev.floe.manifest.Digest;
import dev.floe.manifest.Version;
import java.time.Duration;
import java.time.Instant;

/** What the tests promote, from dev to staging with two registries. */
final class Promoted {

  static final String ID = "req-1";
  static final Version VERSION = Version.parse("v1.2.3");
  static final Digest DIGEST = Digest.parse("sha256:" + "a".repeat(64));
  static final Instant LATEST = NOON.plus(Duration.ofMinutes(5));
  static final RegistryTarget DEV = new RegistryTarget("primary", "oci://127.0.0.1/dev");
  static final RegistryTarget A = new RegistryTarget("primary", "oci://127.0.0.1/a");
  static final RegistryTarget B = new RegistryTarget("secondary", "oci://127.0.0.1/b");

  private Promoted() {}
}
