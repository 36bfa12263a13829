package dev.floe.http.connection;

import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The open connections, never more than {@link Limits} allow: when there are too many, the one that
 * has kept the server waiting longest makes room, so that whoever stalls harms stallers alone.
 */
@Singleton
final class Connections {

  private static final long SWEEP_MS = 250;

  private final Limits limits;
  private final Set<Connection> open = new HashSet<>();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("floe-http-clock").daemon().factory());

  Connections(Limits limits) {
    this.limits = limits;
    var _ = clock.scheduleWithFixedDelay(this::sweep, SWEEP_MS, SWEEP_MS, TimeUnit.MILLISECONDS);
  }

  @PreDestroy
  void close() {
    clock.shutdownNow();
  }

  /** Takes {@code fresh} in; false if there is no room and nobody who should make it. */
  synchronized boolean admit(Connection fresh) {
    boolean crowded = open.size() >= limits.connections();
    boolean greedy = !fresh.isLoopback() && ofAddress(fresh) >= limits.connectionsPerAddress();
    if (crowded || greedy) {
      Optional<Connection> slowest =
          open.stream()
              .filter(each -> each.keepsUsWaiting() && (!greedy || each.sharesAddress(fresh)))
              .min(
                  Comparator.comparing(Connection::isMidRequest)
                      .thenComparingLong(Connection::since));
      if (slowest.isEmpty()) {
        return false;
      }
      open.remove(slowest.get());
      slowest.get().makeRoom();
    }
    return open.add(fresh);
  }

  private long ofAddress(Connection fresh) {
    return open.stream().filter(each -> each.sharesAddress(fresh)).count();
  }

  synchronized void left(Connection gone) {
    open.remove(gone);
  }

  /** One that was to make room has begun to be of use meanwhile. */
  synchronized void readmit(Connection useful) {
    open.add(useful);
  }

  private synchronized void sweep() {
    long now = System.nanoTime();
    open.stream().filter(each -> each.isOverdue(now)).forEach(Connection::endIfOverdue);
  }
}
