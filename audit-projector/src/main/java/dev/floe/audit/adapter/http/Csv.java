package dev.floe.audit.adapter.http;

import dev.floe.audit.view.Entry;
import dev.floe.audit.view.JsonText;
import dev.floe.kernel.Rfc3339;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Entries as lines of comma-separated values, RFC 4180. */
final class Csv {

  static final String HEADER =
      "timestamp,event,artifact,version,digest,from_env,to_env,user,request_id,id,position,details\r\n";

  /** With these in front a spreadsheet takes text for a formula. */
  private static final String FORMULA = "=+-@\t\r";

  private Csv() {}

  static String line(Entry entry) {
    return Arrays.asList(
                Rfc3339.text(entry.timestamp()),
                entry.event(),
                entry.artifact(),
                entry.version(),
                entry.digest(),
                entry.fromEnv(),
                entry.toEnv(),
                entry.user(),
                entry.requestId(),
                entry.id(),
                entry.position(),
                JsonText.write(entry.details()))
            .stream()
            .map(Csv::field)
            .collect(Collectors.joining(","))
        + "\r\n";
  }

  static String field(@Nullable String value) {
    if (value == null || value.isEmpty()) {
      return "";
    }
    String safe = FORMULA.indexOf(value.charAt(0)) < 0 ? value : "'" + value;
    boolean quoted = safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return quoted ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }
}
