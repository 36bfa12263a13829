package dev.floe.messaging;

import dev.floe.kernel.Actor;

/** Makes the tokens of the commands that a service sends to its own commands topic. */
@FunctionalInterface
public interface CommandSigner {

  /** A token for exactly this record, in the name of {@code by}. */
  String sign(String topic, String key, String commandId, byte[] value, Actor by);
}
