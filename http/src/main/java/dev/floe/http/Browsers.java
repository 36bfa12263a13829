package dev.floe.http;

import dev.floe.kernel.Actor;
import java.util.Optional;

/**
 * The browsers that are signed in; what their cookie opens is decided by {@link SignedInFilter}.
 */
public interface Browsers {

  /** Whose browser shows {@code cookie}; empty if nobody's, or not any more. */
  Optional<Actor> whose(String cookie);

  /** Whether {@code proof} shows that the page itself sent the request, and no other page. */
  boolean isFromPage(String cookie, String proof);
}
