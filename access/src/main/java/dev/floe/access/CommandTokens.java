package dev.floe.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.floe.access.Verification.Invalid;
import dev.floe.access.Verification.Verified;
import dev.floe.kernel.Actor;
import dev.floe.manifest.InvalidWord;
import dev.floe.manifest.Manifest;
import dev.floe.manifest.Name;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Command tokens: who sent a record, bound to that record alone.
 *
 * <p>A JWS with the claims {@code iss sub aud=floe jti iat exp topic key cmd_sha256 [reply_to]},
 * where {@code jti} is the record's {@code ce_id} and {@code cmd_sha256} the hash of its whole
 * value in hexadecimal. A service's tokens (HS256) also say whom it acts for: {@code authtype} is
 * the kind and {@code groups} what the identity provider vouched for. A signer's tokens (RS256,
 * PS256, ES256, EdDSA) name the signer in {@code iss}, or one of its keys in the header's {@code
 * kid}.
 */
public final class CommandTokens {

  /** The longest a token may live. */
  public static final Duration LONGEST_LIFE = Duration.ofHours(1);

  /** The one commands topic that signers may write to. */
  public static final String PUBLIC_TOPIC = "floe.promotion.commands";

  /** How long a service's token lives: far longer than a producer goes on trying. */
  private static final Duration LIFE = Duration.ofSeconds(60);

  /** How far a sender's clock may be ahead of the broker's. */
  private static final Duration SKEW = Duration.ofSeconds(60);

  private static final String AUDIENCE = "floe";
  private static final JWSHeader SERVICE_HEADER =
      new JWSHeader.Builder(JWSAlgorithm.HS256).type(JOSEObjectType.JWT).build();

  private CommandTokens() {}

  /** From when to when a token holds. */
  public record Life(Instant issued, Instant expires) {}

  /**
   * The {@code authorization} header, {@code Bearer …}, of a command that a service sends to its
   * own commands topic for {@code by}, whom it has authenticated, or is itself.
   */
  public static String authorization(
      ServiceKey key, Actor by, String recordKey, String commandId, byte[] value, Instant now) {
    JWTClaimsSet claims =
        new JWTClaimsSet.Builder()
            .issuer(key.service())
            .subject(by.name())
            .audience(AUDIENCE)
            .jwtID(commandId)
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(LIFE)))
            .claim("topic", key.commandsTopic())
            .claim("key", recordKey)
            .claim("cmd_sha256", RawCommand.sha256(value))
            .claim("authtype", by.kind().authType())
            .claim("groups", List.copyOf(by.groups()))
            .build();
    try {
      SignedJWT token = new SignedJWT(SERVICE_HEADER, claims);
      token.sign(key.signer());
      return "Bearer " + token.serialize();
    } catch (JOSEException impossible) {
      throw new IllegalStateException("signing with the " + key, impossible);
    }
  }

  /** Whether {@code command}'s token is by one of {@code keys}, and for this very record. */
  public static Verification verify(RawCommand command, TrustedKeys keys) {
    Optional<String> text = command.token();
    if (text.isEmpty()) {
      return new Invalid("the record has no header 'authorization: Bearer …'");
    }
    Optional<SignedJWT> token = Signatures.parse(text.get());
    if (token.isEmpty()) {
      return new Invalid("the token is not a signed JWT");
    }
    try {
      JWTClaimsSet claims = token.get().getJWTClaimsSet();
      Verification sender =
          JWSAlgorithm.HS256.equals(token.get().getHeader().getAlgorithm())
              ? byService(token.get(), claims, keys.services())
              : bySigner(token.get(), claims, keys.signers());
      if (sender instanceof Invalid) {
        return sender;
      }
      Optional<String> mismatch = mismatch(claims, command);
      return mismatch.isPresent() ? new Invalid(mismatch.get()) : sender;
    } catch (ParseException malformed) {
      return new Invalid("the token's claims are malformed");
    }
  }

  /** How long the token of a command that was verified lives. */
  public static Life life(RawCommand command) {
    try {
      JWTClaimsSet claims =
          Signatures.parse(command.token().orElse("")).orElseThrow().getJWTClaimsSet();
      return new Life(claims.getIssueTime().toInstant(), claims.getExpirationTime().toInstant());
    } catch (ParseException unverified) {
      throw new IllegalStateException("only a verified token says how long it lives", unverified);
    }
  }

  private static Verification byService(
      SignedJWT token, JWTClaimsSet claims, List<ServiceKey> services) throws ParseException {
    String issuer = claims.getIssuer();
    for (ServiceKey key : services) {
      if (key.service().equals(issuer) && Signatures.hold(token, key.verifier())) {
        // The claimed topic is compared with the record's later; this one with the sender's right.
        return key.commandsTopic().equals(claims.getStringClaim("topic"))
            ? onBehalf(claims)
            : new Invalid("'%s' may sign for %s only".formatted(issuer, key.commandsTopic()));
      }
    }
    return new Invalid(
        "the token's signature was not made by a key of service '%s'".formatted(issuer));
  }

  private static Verification onBehalf(JWTClaimsSet claims) throws ParseException {
    String subject = text(claims.getSubject());
    Optional<Actor.Kind> kind = Identity.kind(text(claims.getStringClaim("authtype")));
    if (kind.isEmpty()) {
      return new Invalid("the token has no known 'authtype'");
    }
    Optional<String> doubt = Identity.doubt(kind.get(), subject);
    if (doubt.isPresent()) {
      return new Invalid(doubt.get());
    }
    List<String> groups = claims.getStringListClaim("groups");
    return new Verified(
        new Actor(kind.get(), subject, groups == null ? Set.of() : Set.copyOf(groups)),
        Optional.empty());
  }

  private static Verification bySigner(
      SignedJWT token, JWTClaimsSet claims, List<SignerKeys> signers) throws ParseException {
    for (SignerKeys signer : signers) {
      if (isMeant(signer, signers, token, claims) && signer.keys().signed(token)) {
        return PUBLIC_TOPIC.equals(claims.getStringClaim("topic"))
            ? asSigner(signer, claims)
            : new Invalid("signers may sign for %s only".formatted(PUBLIC_TOPIC));
      }
    }
    return new Invalid(
        "the token's signature was not made by a key under auth.command_signers for issuer '%s'"
            .formatted(claims.getIssuer()));
  }

  /** An issuer that is a signer's name means that one; else the key id must name a key. */
  private static boolean isMeant(
      SignerKeys signer, List<SignerKeys> signers, SignedJWT token, JWTClaimsSet claims) {
    String issuer = text(claims.getIssuer());
    boolean named = signers.stream().anyMatch(s -> s.entry().name().equals(issuer));
    return named
        ? signer.entry().name().equals(issuer)
        : signer.keys().knows(token.getHeader().getKeyID());
  }

  private static Verification asSigner(SignerKeys signer, JWTClaimsSet claims)
      throws ParseException {
    // Whatever its subject: a signer vouches for itself and no one else.
    var actor = new Actor(Actor.Kind.SIGNER, Identity.SIGNER + signer.entry().name(), Set.of());
    Optional<String> replyTo = Optional.ofNullable(claims.getStringClaim("reply_to"));
    return replyTo.isEmpty() || signer.entry().replyTo().contains(replyTo.get())
        ? new Verified(actor, replyTo)
        : new Invalid(
            "answers on '%s' are not listed under reply_to of signer '%s'"
                .formatted(replyTo.get(), signer.entry().name()));
  }

  /** What keeps the token from being for this record at this time; empty if nothing. */
  private static Optional<String> mismatch(JWTClaimsSet claims, RawCommand command)
      throws ParseException {
    if (!claims.getAudience().contains(AUDIENCE)) {
      return Optional.of("the token's audience is not 'floe'");
    }
    return differs("jti", claims.getJWTID(), "ce_id", command.commandId())
        .or(() -> differs("topic", claims.getClaim("topic"), "topic", command.topic()))
        .or(() -> differs("key", claims.getClaim("key"), "key", command.key()))
        .or(() -> misnamed(Name.ID, command.commandId()))
        .or(() -> misnamedKey(command.key()))
        .or(() -> hashDiffers(claims, command))
        .or(() -> outOfTime(claims, command.brokerTimestamp()));
  }

  /** The manifest has a key of its own, which no artifact has. */
  private static Optional<String> misnamedKey(@Nullable String key) {
    return Manifest.OWN_KEY.equals(key) ? Optional.empty() : misnamed(Name.ARTIFACT, key);
  }

  private static Optional<String> differs(
      String claim, @Nullable Object claimed, String of, @Nullable String found) {
    return found != null && found.equals(claimed)
        ? Optional.empty()
        : Optional.of(
            "the token's '%s' is '%s', the record's %s '%s'".formatted(claim, claimed, of, found));
  }

  private static Optional<String> hashDiffers(JWTClaimsSet claims, RawCommand command) {
    return claims.getClaim("cmd_sha256") instanceof String claimed
            && claimed.equalsIgnoreCase(command.valueSha256())
        ? Optional.empty()
        : Optional.of(
            "the token's 'cmd_sha256' is '%s', the SHA-256 of the record's value '%s'"
                .formatted(claims.getClaim("cmd_sha256"), command.valueSha256()));
  }

  private static Optional<String> outOfTime(JWTClaimsSet claims, Instant taken) {
    if (claims.getIssueTime() == null || claims.getExpirationTime() == null) {
      return Optional.of("the token lacks 'iat' or 'exp'");
    }
    Instant issued = claims.getIssueTime().toInstant();
    Instant expires = claims.getExpirationTime().toInstant();
    if (Duration.between(issued, expires).compareTo(LONGEST_LIFE) > 0) {
      return Optional.of(
          "the token lives longer than an hour, from %s to %s".formatted(issued, expires));
    }
    if (issued.isAfter(taken.plus(SKEW))) {
      return Optional.of("the token is from %s, the record from %s".formatted(issued, taken));
    }
    return taken.isBefore(expires)
        ? Optional.empty()
        : Optional.of("the token expired at %s, the record is from %s".formatted(expires, taken));
  }

  /** What stands in every event that the command leads to must be a name. */
  private static Optional<String> misnamed(Name name, @Nullable String text) {
    try {
      var _ = name.checked(text(text));
      return Optional.empty();
    } catch (InvalidWord wrong) {
      return Optional.of(String.valueOf(wrong.getMessage()));
    }
  }

  private static String text(@Nullable String claim) {
    return claim == null ? "" : claim;
  }
}
