package dev.floe.messaging;

import com.github.f4b6a3.uuid.UuidCreator;
import java.util.UUID;

/** The suite's identifiers: UUIDv7 for what happens, UUIDv5 for what follows from something. */
public final class Ids {

  /** The name space of every derived id; fixed, for ids derived from it stand in the log. */
  private static final UUID NAME_SPACE = UUID.fromString("6f0f6e3c-5f2b-5c1e-9a54-f10e00000001");

  private Ids() {}

  /** A fresh id, ordered by time. */
  public static String random() {
    return UuidCreator.getTimeOrderedEpoch().toString();
  }

  /**
   * The id that {@code name} gives to what follows from {@code cause}; the same for the same input,
   * wherever and however often it is asked.
   *
   * @param cause an id, best a UUID; any other text is hashed into one first
   */
  public static String derived(String cause, String name) {
    return UuidCreator.getNameBasedSha1(space(cause), name).toString();
  }

  private static UUID space(String cause) {
    try {
      return UUID.fromString(cause);
    } catch (IllegalArgumentException _) {
      return UuidCreator.getNameBasedSha1(NAME_SPACE, cause);
    }
  }
}
