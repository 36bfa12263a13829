package dev.floe.cli.client;

import dev.floe.cli.document.Doc;
import dev.floe.cli.document.Documents;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Mints the embedded mode's tokens for people.
 *
 * <p>A JWS, header {@code {"alg":"HS256","typ":"floe-user+jwt"}}, claims {@code iss=floe aud=floe
 * sub iat exp}: what {@code dev.floe.access.UserTokens} reads.
 */
final class UserToken {

  private static final String HEADER = "{\"alg\":\"HS256\",\"typ\":\"floe-user+jwt\"}";
  private static final String FLOE = "floe";

  private UserToken() {}

  static String mint(byte[] secret, String user, Duration life, Instant now) {
    Map<String, @Nullable Object> claims = new LinkedHashMap<>();
    claims.put("iss", FLOE);
    claims.put("aud", FLOE);
    claims.put("sub", user);
    claims.put("iat", now.getEpochSecond());
    claims.put("exp", now.plus(life).getEpochSecond());
    String signed = encode(HEADER) + "." + encode(Documents.jsonLine(new Doc(claims)));
    return signed + "." + encode(sign(secret, signed));
  }

  private static byte[] sign(byte[] secret, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK has HmacSHA256", impossible);
    }
  }

  private static String encode(String text) {
    return encode(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
