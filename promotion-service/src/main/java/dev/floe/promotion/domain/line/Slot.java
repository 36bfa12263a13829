package dev.floe.promotion.domain.line;

import dev.floe.manifest.Digest;
import dev.floe.manifest.Version;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The artifact in one environment: what is live, and everything that ever was.
 *
 * @param current null until the first version arrives
 */
public record Slot(@Nullable Live current, Ledger<Version, Presence> past) {

  public static final Slot EMPTY = new Slot(null, Ledger.empty());

  public Optional<Live> live() {
    return Optional.ofNullable(current);
  }

  public Optional<Presence> presence(Version version) {
    return past.get(version);
  }

  public boolean isLive(Version version) {
    return current != null && current.version().equals(version);
  }

  /** Whether the version is live here and nothing after its tags said no. */
  public boolean isSoundlyLive(Version version) {
    return isLive(version) && presence(version).map(Presence::sound).orElse(false);
  }

  /** Whether a newer version than this is live. */
  public boolean isAhead(Version version) {
    return current != null && current.version().isNewerThan(version);
  }

  /** A version is there by its own tag, and {@code latest} stays where it is. */
  Slot joinedBy(Version version, Digest digest) {
    return new Slot(current, past.with(version, new Presence(digest, true)));
  }

  /** A version went live. It is sound once nothing after that has said no. */
  Slot enteredBy(
      Version version, Digest digest, Instant at, @Nullable String promotion, boolean sound) {
    if (isLive(version)) {
      return new Slot(current, past.with(version, new Presence(digest, sound)));
    }
    return new Slot(
        new Live(version, digest, at, promotion), past.with(version, new Presence(digest, sound)));
  }
}
