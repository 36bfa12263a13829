package dev.floe.gate.adapter.signature;

import dev.floe.gate.adapter.signature.Finding.Invalid;
import dev.floe.gate.adapter.signature.Finding.Valid;
import dev.floe.manifest.Digest;
import dev.floe.manifest.Signers.Keyless;
import dev.floe.oci.RawManifest;
import dev.sigstore.KeylessVerificationException;
import dev.sigstore.KeylessVerifier;
import dev.sigstore.TrustedRootProvider;
import dev.sigstore.VerificationOptions;
import dev.sigstore.VerificationOptions.CertificateMatcher;
import dev.sigstore.bundle.Bundle;
import dev.sigstore.bundle.BundleParseException;
import dev.sigstore.strings.RegexSyntaxException;
import dev.sigstore.strings.StringMatcher;
import dev.sigstore.trustroot.SigstoreConfigurationException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/** An identity whose certificates count, as Sigstore gives them. Nothing is fetched to verify. */
public final class TrustedIdentity {

  private final Keyless keyless;
  private final KeylessVerifier verifier;
  private final VerificationOptions options;

  /**
   * The identity.
   *
   * @throws IllegalArgumentException if the trusted root cannot be read
   */
  public TrustedIdentity(Keyless keyless) {
    this.keyless = keyless;
    // An empty list of matchers would accept everybody.
    this.options = VerificationOptions.builder().addCertificateMatchers(matcher(keyless)).build();
    try {
      this.verifier =
          KeylessVerifier.builder()
              .trustedRootProvider(TrustedRootProvider.from(Path.of(keyless.trustedRoot())))
              .build();
    } catch (SigstoreConfigurationException | GeneralSecurityException | RuntimeException e) {
      throw new IllegalArgumentException(
          "%s is not readable as a trusted root (%s)"
              .formatted(keyless.trustedRoot(), e.getClass().getSimpleName()),
          e);
    }
  }

  private static CertificateMatcher matcher(Keyless keyless) {
    return CertificateMatcher.fulcio()
        .issuer(StringMatcher.string(keyless.issuer()))
        .subjectAlternativeName(name(keyless))
        .build();
  }

  private static StringMatcher name(Keyless keyless) {
    if (keyless.identity() != null) {
      return StringMatcher.string(keyless.identity());
    }
    if (keyless.identityRegexp() == null) {
      throw new IllegalArgumentException("keyless names no identity");
    }
    try {
      return StringMatcher.regex(keyless.identityRegexp());
    } catch (RegexSyntaxException e) {
      throw new IllegalArgumentException("identity_regexp is not a regular expression", e);
    }
  }

  /** Whether the bundle was made by this identity, of the artifact. */
  Finding check(String form, byte[] json, SigstoreBundle read, RawManifest artifact) {
    try {
      Bundle bundle = Bundle.from(new StringReader(new String(json, StandardCharsets.UTF_8)));
      X509Certificate leaf = (X509Certificate) bundle.getCertPath().getCertificates().getFirst();
      byte[] sha256 = HexFormat.of().parseHex(Digest.sha256(artifact.bytes()).hex());
      verifier.verify(sha256, bundle, options);
      checkTime(bundle, leaf);
      return read.objection(artifact)
          .<Finding>map(why -> new Invalid(form, why))
          .orElseGet(() -> new Valid(nameIn(leaf), form));
    } catch (KeylessVerificationException | BundleParseException e) {
      return new Invalid(form, "its certificate or log entry is not valid: " + firstLine(e));
    } catch (RuntimeException e) {
      // The library throws these at material that lacks what it takes for granted.
      return new Invalid(form, "its verification material is incomplete: " + firstLine(e));
    }
  }

  /**
   * A certificate lives for minutes: only a time that somebody trusted vouches for shows that it
   * was used by its owner. The library checks timestamps against the certificate, but of a log
   * entry only that its time was promised, not that it fits.
   */
  private static void checkTime(Bundle bundle, X509Certificate leaf)
      throws KeylessVerificationException {
    var entry = bundle.getEntries().getFirst();
    String promise = entry.getVerification().getSignedEntryTimestamp();
    boolean promised = promise != null && !promise.isEmpty();
    if (!promised && bundle.getTimestamps().isEmpty()) {
      throw new KeylessVerificationException("no trusted source confirms the time of signing");
    }
    Instant logged = Instant.ofEpochSecond(entry.getIntegratedTime());
    if (promised
        && (logged.isBefore(leaf.getNotBefore().toInstant())
            || logged.isAfter(leaf.getNotAfter().toInstant()))) {
      throw new KeylessVerificationException(
          "it was logged at %s, when the certificate was not valid".formatted(logged));
    }
  }

  private String nameIn(X509Certificate leaf) {
    try {
      var names = leaf.getSubjectAlternativeNames();
      List<?> first = names == null ? List.of("", "unknown") : names.iterator().next();
      return "%s (%s)".formatted(first.get(1), keyless.issuer());
    } catch (GeneralSecurityException _) {
      return this.toString();
    }
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given");
  }

  @Override
  public String toString() {
    String identity = keyless.identity();
    return "%s (%s)"
        .formatted(identity == null ? keyless.identityRegexp() : identity, keyless.issuer());
  }
}
