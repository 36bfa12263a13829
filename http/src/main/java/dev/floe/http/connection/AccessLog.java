package dev.floe.http.connection;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** One line for each request: never its query, headers or body, for these may hold secrets. */
final class AccessLog {

  /** The logger's name, by which a deployment gives these lines a file of their own. */
  static final String NAME = "floe.access";

  private static final Logger LOG = LoggerFactory.getLogger(NAME);
  private static final int LONGEST_PATH = 300;

  /** What is known of a request from its first line. */
  record Line(String method, String path, long beganAt) {
    Line(String method, String path) {
      this(method, cut(path), System.nanoTime());
    }

    private static String cut(String path) {
      return path.length() <= LONGEST_PATH ? path : path.substring(0, LONGEST_PATH) + "…";
    }
  }

  private AccessLog() {}

  static void write(Line line, int status, String who) {
    LOG.makeLoggingEventBuilder(Level.INFO)
        .setMessage("request")
        .addKeyValue("method", line.method())
        .addKeyValue("path", line.path())
        .addKeyValue("status", status)
        .addKeyValue("ms", Duration.ofNanos(System.nanoTime() - line.beganAt()).toMillis())
        .addKeyValue("who", who)
        .log();
  }
}
