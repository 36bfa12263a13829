package dev.floe.kernel;

import java.util.Set;

/**
 * Whoever stands behind a command or an event.
 *
 * @param kind what sort of identity {@code name} is
 * @param name {@code ada@acme.com}, {@code signer:ci}, {@code policy:nightly} or a service's name
 * @param groups the groups the identity provider vouched for; empty where there is none
 */
public record Actor(Kind kind, String name, Set<String> groups) {

  /** The sorts of identity, in CloudEvents' {@code authtype} words. */
  public enum Kind {
    /** A human being, signed in. */
    USER("user"),
    /** A configured signer of commands; no person. */
    SIGNER("service_account"),
    /** An automatic promotion policy. */
    POLICY("app_user"),
    /** One of the suite's own services. */
    SYSTEM("system");

    private final String authType;

    Kind(String authType) {
      this.authType = authType;
    }

    /** The value of the {@code ce_authtype} header. */
    public String authType() {
      return authType;
    }

    /**
     * The kind that {@code authType} names; {@link #SYSTEM} for words this suite does not write.
     */
    public static Kind of(String authType) {
      for (Kind kind : values()) {
        if (kind.authType.equals(authType)) {
          return kind;
        }
      }
      return SYSTEM;
    }
  }

  public Actor {
    groups = Set.copyOf(groups);
  }

  /** A person without groups. */
  public static Actor user(String name) {
    return new Actor(Kind.USER, name, Set.of());
  }

  /** One of the suite's own services. */
  public static Actor system(String service) {
    return new Actor(Kind.SYSTEM, service, Set.of());
  }

  /** Whether a human being asks. */
  public boolean isPerson() {
    return kind == Kind.USER;
  }
}
