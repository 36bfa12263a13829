package dev.floe.access;

import dev.floe.manifest.Auth;

/** The public keys of one {@code command_signers} entry. */
public final class SignerKeys {

  private final Auth.CommandSigner entry;
  private final PublicKeys keys;

  private SignerKeys(Auth.CommandSigner entry, PublicKeys keys) {
    this.entry = entry;
    this.keys = keys;
  }

  /**
   * The keys of {@code entry}.
   *
   * @param jwks the text that the entry's {@code jwks} leads to
   * @throws IllegalArgumentException naming the signer and what is wrong
   */
  public static SignerKeys of(Auth.CommandSigner entry, String jwks) {
    return new SignerKeys(entry, PublicKeys.of("signer '%s'".formatted(entry.name()), jwks));
  }

  Auth.CommandSigner entry() {
    return entry;
  }

  PublicKeys keys() {
    return keys;
  }
}
