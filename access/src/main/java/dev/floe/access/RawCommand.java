package dev.floe.access;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A command as it stands on its topic, nothing believed.
 *
 * @param commandId the {@code ce_id} header
 * @param valueSha256 64 lower-case hexadecimal digits over the record's whole value, its wire
 *     format's first five bytes included
 * @param authorization the header of that name
 * @param brokerTimestamp when the broker took the record in
 */
public record RawCommand(
    String topic,
    @Nullable String key,
    @Nullable String commandId,
    String valueSha256,
    @Nullable String authorization,
    Instant brokerTimestamp) {

  private static final String SCHEME = "Bearer ";

  /** The same with {@code value}'s hash taken. */
  public static RawCommand of(
      String topic,
      @Nullable String key,
      @Nullable String commandId,
      byte[] value,
      @Nullable String authorization,
      Instant brokerTimestamp) {
    return new RawCommand(topic, key, commandId, sha256(value), authorization, brokerTimestamp);
  }

  /** The token in the {@code authorization} header. */
  Optional<String> token() {
    return Optional.ofNullable(authorization)
        .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
        .map(header -> header.substring(SCHEME.length()).strip());
  }

  /** 64 lower-case hexadecimal digits. */
  public static String sha256(byte[] value) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(value));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
