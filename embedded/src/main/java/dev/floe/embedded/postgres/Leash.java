package dev.floe.embedded.postgres;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Ends the server when this JVM ends, however it ends: a shell waits for the end of a pipe whose
 * other end this JVM holds. The kernel's own signal to a dead parent's children would come when the
 * thread ends that started the server.
 */
record Leash(Process shell) implements AutoCloseable {

  /** Nobody's number but the server's own is signalled, and force is the last resort. */
  private static final String SCRIPT =
      """
      trap '' HUP INT TERM
      read -r _
      [ "$(head -n 1 "$2/postmaster.pid")" = "$1" ] || exit 0
      for signal in INT QUIT KILL; do
        kill -s "$signal" "$1" || exit 0
        tries=0
        while kill -0 "$1" && [ "$tries" -lt 20 ]; do
          sleep 1
          tries=$((tries + 1))
        done
      done
      """;

  static Leash on(Process server, Path data) throws IOException {
    return new Leash(
        new ProcessBuilder("sh", "-c", SCRIPT, "sh", Long.toString(server.pid()), data.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start());
  }

  /** The server is ended by others, or has ended. */
  @Override
  public void close() {
    shell.destroyForcibly();
  }
}
