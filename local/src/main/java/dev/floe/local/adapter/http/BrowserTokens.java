package dev.floe.local.adapter.http;

import dev.floe.kernel.Actor;
import java.time.Duration;

/** Mints what a signed-in browser shows as its cookie. */
@FunctionalInterface
public interface BrowserTokens {
  String mint(Actor person, Duration life);
}
