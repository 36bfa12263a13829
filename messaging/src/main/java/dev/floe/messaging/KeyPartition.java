package dev.floe.messaging;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/**
 * The one partition that a key belongs to: Java's default, {@code toPositive(murmur2(key)) % n}.
 */
public final class KeyPartition {

  private KeyPartition() {}

  /** The partition of {@code key} among {@code count}. */
  public static int of(String key, int count) {
    return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % count;
  }
}
