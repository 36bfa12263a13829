package dev.floe.access;

import dev.floe.kernel.Actor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The one-time codes behind {@code floe open}: each signs one person in once, within a minute.
 *
 * <p>A value: {@link #issue} and {@link #redeem} answer what is left. Codes are kept as hashes.
 */
public record SignInCodes(Map<String, Issued> byHash) {

  /** How long a code is good for. */
  public static final Duration LIFE = Duration.ofSeconds(60);

  /** No code at all. */
  public static final SignInCodes NONE = new SignInCodes(Map.of());

  public SignInCodes {
    byHash = Map.copyOf(byHash);
  }

  /** For whom, and until when. */
  public record Issued(Actor by, Instant expires) {}

  /** Who has signed in, if the code was good; and the codes that are left. */
  public record Redeemed(Optional<Actor> by, SignInCodes rest) {}

  /**
   * With {@code code} added and what has expired dropped.
   *
   * @param code drawn by the caller: 128 random bits or more
   */
  public SignInCodes issue(String code, Actor person, Instant now) {
    Map<String, Issued> codes = alive(now);
    codes.put(hash(code), new Issued(person, now.plus(LIFE)));
    return new SignInCodes(codes);
  }

  public Redeemed redeem(String code, Instant now) {
    Map<String, Issued> codes = alive(now);
    Optional<Actor> by = Optional.ofNullable(codes.remove(hash(code))).map(Issued::by);
    return new Redeemed(by, new SignInCodes(codes));
  }

  private Map<String, Issued> alive(Instant now) {
    Map<String, Issued> codes = new HashMap<>(byHash);
    codes.values().removeIf(issued -> !now.isBefore(issued.expires()));
    return codes;
  }

  private static String hash(String code) {
    return RawCommand.sha256(code.getBytes(StandardCharsets.UTF_8));
  }
}
