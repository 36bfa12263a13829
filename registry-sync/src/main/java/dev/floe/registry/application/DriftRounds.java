package dev.floe.registry.application;

import dev.floe.manifest.Drift;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Says when the next look at all tags is due: so long after the last one as the manifest says. */
public final class DriftRounds {

  private final InstantSource clock;
  private Instant last;

  /** The first look is due one pause from now. */
  public DriftRounds(InstantSource clock) {
    this.clock = clock;
    this.last = clock.instant();
  }

  /**
   * Whether it is.
   *
   * @param drift as the manifest says at this moment
   */
  public boolean isDue(Drift drift) {
    Duration every = drift.every();
    return every != null && Duration.between(last, clock.instant()).compareTo(every) >= 0;
  }

  /** A look is over. */
  public void ended() {
    last = clock.instant();
  }
}
