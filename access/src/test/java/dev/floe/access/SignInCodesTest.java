package dev.floe.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.access.SignInCodes.Redeemed;
import dev.floe.kernel.Actor;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SignInCodesTest {

  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final Actor ADA = Actor.user("ada@acme.com");
  private static final Actor BEN = Actor.user("ben@acme.com");

  private final SignInCodes codes =
      SignInCodes.NONE.issue("code-a", ADA, NOW).issue("code-b", BEN, NOW.plusSeconds(30));

  @Test
  void sign_in_whom_they_were_issued_to() {
    assertThat(codes.redeem("code-b", NOW.plusSeconds(31)).by()).contains(BEN);
    assertThat(codes.redeem("code-a", NOW.plusSeconds(59)).by()).contains(ADA);
  }

  @Test
  void work_once() {
    SignInCodes rest = codes.redeem("code-a", NOW).rest();
    assertThat(rest.redeem("code-a", NOW)).isEqualTo(new Redeemed(Optional.empty(), rest));
    assertThat(rest.redeem("code-b", NOW).by()).contains(BEN);
  }

  @Test
  void expire_after_a_minute_and_are_forgotten() {
    Redeemed late = codes.redeem("code-a", NOW.plusSeconds(60));
    assertThat(late.by()).isEmpty();
    assertThat(late.rest().byHash()).hasSize(1);
  }

  @Test
  void cannot_be_guessed_from_what_is_kept() {
    assertThat(codes.redeem("code", NOW).by()).isEmpty();
    assertThat(codes.toString()).doesNotContain("code-a").doesNotContain("code-b");
  }
}
