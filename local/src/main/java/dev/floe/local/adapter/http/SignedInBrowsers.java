package dev.floe.local.adapter.http;

import dev.floe.access.PageSessions;
import dev.floe.access.PageSessions.Session;
import dev.floe.http.Browsers;
import dev.floe.kernel.Actor;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;

/** The sessions of this process; they end with it. */
@Singleton
final class SignedInBrowsers implements Browsers {

  private final InstantSource clock;
  private PageSessions sessions = PageSessions.NONE;

  SignedInBrowsers(InstantSource clock) {
    this.clock = clock;
  }

  synchronized void signIn(String id, Actor person) {
    sessions = sessions.open(id, person, clock.instant());
  }

  synchronized void signOut(String id) {
    sessions = sessions.close(id);
  }

  synchronized Optional<Session> find(String id) {
    return sessions.find(id, clock.instant());
  }

  @Override
  public Optional<Actor> whose(String cookie) {
    return find(cookie).map(Session::by);
  }

  @Override
  public boolean isFromPage(String cookie, String proof) {
    return PageSessions.proves(proof, cookie);
  }
}
