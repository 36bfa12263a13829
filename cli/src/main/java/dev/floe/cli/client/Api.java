package dev.floe.cli.client;

import dev.floe.cli.console.Failure;
import dev.floe.cli.document.Doc;
import dev.floe.cli.document.Documents;
import dev.floe.manifest.ProblemCode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The server, as commands see it: an answer, or a {@link Failure}.
 *
 * <p>A change is sent under a key of its own and repeated with that key while its outcome is
 * unknown; what it answered is what later reads see.
 */
public final class Api {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final String POSITION = "Floe-Position";

  private final URI server;
  private final Identity identity;
  private final Duration patience;
  private volatile String position = "";

  public Api(Target target, Identity identity) {
    this(target, identity, PATIENCE);
  }

  /** Gives up on a server that is there but not ready after {@code patience}. */
  Api(Target target, Identity identity, Duration patience) {
    this.server = target.url();
    this.identity = identity;
    this.patience = patience;
  }

  public URI server() {
    return server;
  }

  public Answer get(Query path) {
    return repeat(Call.get(path.toString(), position));
  }

  /** Asks for a change. */
  public Answer post(Query path, Map<String, ?> body) {
    return post(path, body, Map.of());
  }

  /** Asks for a change; {@code headers} come beside the usual ones. */
  public Answer post(Query path, Map<String, ?> body, Map<String, List<String>> headers) {
    Map<String, Object> members = new LinkedHashMap<>(body);
    Payload payload = Payload.text("application/json", Documents.jsonLine(Doc.of(members)));
    return change("POST", path, payload, headers);
  }

  /** Puts something at its place; {@code headers} come beside the usual ones. */
  public Answer put(Query path, Payload payload, Map<String, List<String>> headers) {
    return change("PUT", path, payload, headers);
  }

  /** Opens a stream of events; those after {@code lastId}, if it is not empty. */
  public EventStream events(Query path, String lastId) throws IOException {
    Call call = Call.get(path.toString(), position);
    HttpURLConnection connection =
        Exchange.open(server, call, identity, EventStream.SILENCE_MILLIS);
    connection.setRequestProperty("Accept", "text/event-stream");
    if (!lastId.isEmpty()) {
      connection.setRequestProperty("Last-Event-ID", lastId);
    }
    if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
      throw Problems.failure(Exchange.read(connection), call);
    }
    return new EventStream(connection);
  }

  /** The failure that a server which does not answer is. */
  public Failure unreachable(IOException cause) {
    boolean refused = cause instanceof ConnectException;
    return Failure.of(
        ProblemCode.SERVICE_UNREACHABLE,
        refused
            ? "nothing listens at " + server
            : "cannot reach %s: %s".formatted(server, reason(cause)),
        refused
            ? "Start it with floe up, or name the server with --url or FLOE_URL."
            : "Check the server with floe doctor, then try again.");
  }

  private Answer change(
      String method, Query path, Payload payload, Map<String, List<String>> headers) {
    String key = UUID.randomUUID().toString();
    Answer answer = repeat(Call.change(method, path.toString(), key, payload, headers));
    answer.header(POSITION).ifPresent(at -> position = at);
    return answer;
  }

  private Answer repeat(Call call) {
    long end = System.nanoTime() + patience.toNanos();
    boolean broken = false;
    while (true) {
      Answer answer;
      try {
        answer = Exchange.send(server, call, identity);
      } catch (ConnectException | UnknownHostException nobody) {
        throw unreachable(nobody);
      } catch (IOException failed) {
        // Once is bad luck: the key makes it safe to ask again.
        if (broken) {
          throw unreachable(failed);
        }
        broken = true;
        continue;
      }
      if (answer.ok()) {
        return answer;
      }
      Duration pause = pause(answer);
      if (pause.isNegative() || System.nanoTime() + pause.toNanos() > end) {
        throw refused(answer, call);
      }
      Pause.of(pause);
    }
  }

  /** A refusal is a recorded fact too: what is read next has seen it. */
  private Failure refused(Answer answer, Call call) {
    answer.header(POSITION).ifPresent(at -> position = at);
    return Problems.failure(answer, call);
  }

  /** How long the server asks to wait before the same request; negative if it does not. */
  private static Duration pause(Answer answer) {
    String seconds = answer.header("Retry-After").orElse("");
    if (answer.status() != HttpURLConnection.HTTP_UNAVAILABLE || !seconds.matches("[0-9]{1,4}")) {
      return Duration.ofSeconds(-1);
    }
    Duration asked = Duration.ofSeconds(Integer.parseInt(seconds));
    return asked.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : asked;
  }

  private static String reason(IOException cause) {
    String message = cause.getMessage();
    return cause instanceof UnknownHostException
        ? "unknown host " + message
        : message == null ? cause.getClass().getSimpleName() : message;
  }
}
