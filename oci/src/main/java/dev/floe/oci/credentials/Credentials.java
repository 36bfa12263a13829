package dev.floe.oci.credentials;

/** Who we are to one registry; prints without the secret. */
public sealed interface Credentials {

  /** Nobody in particular. */
  record Anonymous() implements Credentials {}

  /** A name and a password, sent as Basic or exchanged for a bearer token. */
  record Basic(String user, String password) implements Credentials {
    @Override
    public String toString() {
      return "Basic[user=" + user + "]";
    }
  }

  /** A token the registry itself takes: as Bearer, or as the password where it wants Basic. */
  record Token(String token) implements Credentials {
    @Override
    public String toString() {
      return "Token[]";
    }
  }

  /** A refresh token that the registry's token service exchanges for bearer tokens. */
  record IdentityToken(String token) implements Credentials {
    @Override
    public String toString() {
      return "IdentityToken[]";
    }
  }

  /** {@code user:password}, or a token if there is no colon. */
  static Credentials parse(String written) {
    String text = written.strip();
    int colon = text.indexOf(':');
    return colon < 0
        ? new Token(text)
        : new Basic(text.substring(0, colon), text.substring(colon + 1));
  }
}
