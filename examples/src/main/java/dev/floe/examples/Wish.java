package dev.floe.examples;

import org.jspecify.annotations.Nullable;

/**
 * The promotion that is wanted.
 *
 * @param replyTo a topic to have the answer forwarded to, which the sender's entry in the manifest
 *     must list; null for {@code floe.replies} alone
 */
public record Wish(String artifact, String version, String to, @Nullable String replyTo) {

  public Wish(String artifact, String version, String to) {
    this(artifact, version, to, null);
  }
}
