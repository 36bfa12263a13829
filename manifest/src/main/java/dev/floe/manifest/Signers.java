package dev.floe.manifest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * By whom an artifact may be signed for {@code security_scan}: the holder of any of the keys, or
 * whoever proved the identity when they signed.
 *
 * @param keys where each public key stands; one that stands in the manifest is no secret, and is
 *     recorded with it
 */
public record Signers(List<Secret> keys, @Nullable Keyless keyless) {

  /** Nobody: nothing that is checked against it passes. */
  public static final Signers NOBODY = new Signers(List.of(), null);

  /**
   * Signatures without a lasting key: a certificate says who signed.
   *
   * @param trustedRoot path of Sigstore's {@code trusted_root.json}, of the instance that is
   *     trusted to give certificates and to log them
   * @param issuer who vouched for the identity
   * @param identity exactly the signer's; null where there is a pattern
   * @param identityRegexp what the whole of the signer's identity matches; null where it is given
   */
  public record Keyless(
      String trustedRoot,
      String issuer,
      @Nullable String identity,
      @Nullable String identityRegexp) {}

  public Signers {
    keys = List.copyOf(keys);
  }

  public boolean isNobody() {
    return keys.isEmpty() && keyless == null;
  }

  /** The key as it stands in the recorded manifest. */
  static String written(Secret key) {
    return key instanceof Secret.Inline(String pem) ? pem : key.toString();
  }
}
