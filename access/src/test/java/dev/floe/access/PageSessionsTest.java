package dev.floe.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.access.PageSessions.Session;
import dev.floe.kernel.Actor;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PageSessionsTest {

  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final Actor ADA = Actor.user("ada@acme.com");
  private static final Actor BEN = Actor.user("ben@acme.com");

  private final PageSessions sessions =
      PageSessions.NONE.open("id-a", ADA, NOW).open("id-b", BEN, NOW);

  @Test
  void stand_for_the_person_who_signed_in_until_they_expire() {
    Instant end = NOW.plus(PageSessions.LIFE);
    assertThat(sessions.find("id-a", end.minusMillis(1))).contains(new Session(ADA, end));
    assertThat(sessions.find("id-a", end)).isEmpty();
    assertThat(sessions.open("id-c", BEN, end).byHash()).hasSize(1);
  }

  @Test
  void end_when_they_are_closed() {
    PageSessions rest = sessions.close("id-a");
    assertThat(rest.find("id-a", NOW)).isEmpty();
    assertThat(rest.find("id-b", NOW)).isPresent();
  }

  @Test
  void of_one_person_are_few_and_the_last_ones() {
    PageSessions many = sessions;
    for (int i = 1; i <= PageSessions.OF_ONE_PERSON; i++) {
      many = many.open("id-a" + i, ADA, NOW.plusSeconds(i));
    }
    assertThat(many.find("id-a", NOW)).isEmpty();
    assertThat(many.find("id-a1", NOW)).isPresent();
    assertThat(many.find("id-b", NOW)).isPresent();
  }

  @Test
  void cannot_be_guessed_from_what_is_kept_or_from_their_proof() {
    assertThat(sessions.find("id", NOW)).isEmpty();
    assertThat(sessions.toString()).doesNotContain("id-a");
    assertThat(sessions.find(PageSessions.proof("id-a"), NOW)).isEmpty();
    assertThat(sessions.byHash()).doesNotContainKey(PageSessions.proof("id-a"));
  }

  @Test
  void are_proved_by_what_follows_from_their_own_id_alone() {
    assertThat(PageSessions.proves(PageSessions.proof("id-a"), "id-a")).isTrue();
    assertThat(PageSessions.proves(PageSessions.proof("id-b"), "id-a")).isFalse();
    assertThat(PageSessions.proves("", "id-a")).isFalse();
  }
}
