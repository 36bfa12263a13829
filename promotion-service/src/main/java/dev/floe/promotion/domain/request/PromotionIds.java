package dev.floe.promotion.domain.request;

import dev.floe.kernel.Asked;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Ids of promotions: a ULID whose time is the command's and whose other bits are a hash of the
 * command's id, so that the same command always opens the same promotion.
 */
public final class PromotionIds {

  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int HASH_BYTES = 10;
  private static final int LENGTH = 26;
  private static final int BITS = 5;

  private PromotionIds() {}

  /** {@code req-<ulid>} for what {@code asked} opens. */
  public static String of(Asked<?> asked) {
    byte[] hash = sha256(asked.subject() + '\n' + asked.id());
    BigInteger bits =
        BigInteger.valueOf(asked.at().toEpochMilli())
            .shiftLeft(Byte.SIZE * HASH_BYTES)
            .or(new BigInteger(1, hash, 0, HASH_BYTES));
    var text = new StringBuilder("req-");
    for (int i = LENGTH - 1; i >= 0; i--) {
      text.append(ALPHABET.charAt(bits.shiftRight(i * BITS).intValue() & (ALPHABET.length() - 1)));
    }
    return text.toString();
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java runtime lacks SHA-256", e);
    }
  }
}
