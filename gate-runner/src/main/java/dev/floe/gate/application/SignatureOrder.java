package dev.floe.gate.application;

import dev.floe.manifest.Registry;
import dev.floe.manifest.Signers.Keyless;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One run of the built-in signature gate, complete: keys and place of the artifact are given.
 *
 * @param keys whose signatures count, as they are at this moment
 * @param keyless whose certificates count, if any do
 * @param timeout for reading and verifying everything together
 * @param registry the primary registry of the environment the artifact is looked at in
 * @param artifact its name there
 */
public record SignatureOrder(
    String gate,
    List<Key> keys,
    Optional<Keyless> keyless,
    Duration timeout,
    Registry registry,
    String artifact,
    Subject subject) {

  /**
   * A public key.
   *
   * @param name what people know it by: its file, its variable
   */
  public record Key(String name, String pem) {}

  public SignatureOrder {
    keys = List.copyOf(keys);
  }
}
