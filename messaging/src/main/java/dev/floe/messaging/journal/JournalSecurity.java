package dev.floe.messaging.journal;

import dev.floe.access.CommandTokens;
import dev.floe.access.RawCommand;
import dev.floe.access.ServiceKey;
import dev.floe.access.TrustedKeys;
import dev.floe.messaging.CommandSigner;
import dev.floe.messaging.CommandVerifier;
import dev.floe.messaging.Verification;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * Who is believed, and in whose name commands are sent.
 *
 * @param verifier judges every command before it is even decoded
 * @param signer signs what {@link KafkaJournal#submit} sends
 */
public record JournalSecurity(CommandVerifier verifier, CommandSigner signer) {

  /**
   * Command tokens as the contract has them.
   *
   * @param own the key of the service that the journal belongs to
   * @param trusted whose tokens hold; asked for each command, for the manifest may change them
   */
  public static JournalSecurity of(
      ServiceKey own, Supplier<TrustedKeys> trusted, InstantSource clock) {
    return new JournalSecurity(
        (topic, key, id, value, token, received) -> {
          String header = token == null ? null : BEARER + token;
          var command = RawCommand.of(topic, key, id, value, header, received);
          return switch (CommandTokens.verify(command, trusted.get())) {
            case dev.floe.access.Verification.Verified(var by, var replyTo) ->
                new Verification.Verified(by, replyTo, life(command));
            case dev.floe.access.Verification.Invalid(var reason) ->
                new Verification.Invalid(reason);
          };
        },
        signer(own, clock));
  }

  private static Verification.Life life(RawCommand command) {
    CommandTokens.Life life = CommandTokens.life(command);
    return new Verification.Life(life.issued(), life.expires());
  }

  /** Signs commands to the service's own topic with its key. */
  public static CommandSigner signer(ServiceKey own, InstantSource clock) {
    return (topic, key, id, value, by) ->
        CommandTokens.authorization(own, by, key, id, value, clock.instant())
            .substring(BEARER.length());
  }

  private static final String BEARER = "Bearer ";
}
