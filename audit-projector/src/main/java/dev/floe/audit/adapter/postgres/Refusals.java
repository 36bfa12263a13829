package dev.floe.audit.adapter.postgres;

import dev.floe.messaging.Unavailable;
import java.sql.SQLException;
import java.util.Set;

/** Tells what PostgreSQL will never take from a PostgreSQL that is away, full or restarting. */
final class Refusals {

  /** Cardinality, data, constraint, and limits such as an index row's: another try fails too. */
  private static final Set<String> OF_A_ROW = Set.of("21", "22", "23", "54");

  private Refusals() {}

  /** Whether a failure would have met any other row too. */
  static boolean isUnavailable(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException refused) {
        String state = refused.getSQLState();
        return state == null || state.length() < 2 || !OF_A_ROW.contains(state.substring(0, 2));
      }
    }
    return Unavailable.is(failure);
  }
}
