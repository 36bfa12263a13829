package dev.floe.cli.client;

import dev.floe.cli.console.Failure;
import dev.floe.cli.document.Doc;
import dev.floe.cli.document.Documents;
import dev.floe.manifest.ProblemCode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
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

  /** The server answers every question within 10 s, if only by saying that it does not know yet. */
  private static final Duration SILENCE = Duration.ofSeconds(25);

  private static final String POSITION = "Floe-Position";

  private final Exchange exchange;
  private final Duration patience;
  private final Duration silence;
  private volatile String position = "";

  public Api(Target target, Identity identity, Proxies proxies) {
    this(new Exchange(target.url(), identity, proxies), PATIENCE, SILENCE);
  }

  /**
   * A server that is given up.
   *
   * @param patience with one that is there but not ready
   * @param silence that one may keep in the middle of an exchange
   */
  Api(Exchange exchange, Duration patience, Duration silence) {
    this.exchange = exchange;
    this.patience = patience;
    this.silence = silence;
  }

  public URI server() {
    return exchange.server();
  }

  /** The same server, for work of its that takes a while. */
  public Api waiting(Duration longest) {
    return new Api(exchange, patience, longest);
  }

  public Answer get(Query path) {
    return repeat(Call.get(path.toString(), position), patience, silence);
  }

  /** The same, by somebody who has no longer than {@code longest}. */
  public Answer get(Query path, Duration longest) {
    Duration most = longest.compareTo(silence) < 0 ? longest : silence;
    return repeat(Call.get(path.toString(), position), longest, most);
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
    HttpURLConnection connection = exchange.open(call, EventStream.SILENCE);
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
            ? "nothing listens at " + server()
            : "cannot reach %s: %s".formatted(server(), reason(cause)),
        refused
            ? "Start it with floe up, or name the server with --url or FLOE_URL."
            : "Check the server with floe doctor, then try again.");
  }

  private Answer change(
      String method, Query path, Payload payload, Map<String, List<String>> headers) {
    String key = UUID.randomUUID().toString();
    Call call = Call.change(method, path.toString(), key, payload, headers);
    Answer answer = repeat(call, patience, silence);
    answer.header(POSITION).ifPresent(at -> position = at);
    return answer;
  }

  private Answer repeat(Call call, Duration longest, Duration silent) {
    long start = System.nanoTime();
    boolean broken = false;
    while (true) {
      Answer answer;
      try {
        answer = exchange.send(call, silent);
      } catch (ConnectException | UnknownHostException nobody) {
        throw unreachable(nobody);
      } catch (IOException failed) {
        // A cut connection is bad luck once: the key makes it safe to ask again.
        if (broken || failed instanceof SocketTimeoutException) {
          throw unreachable(failed);
        }
        broken = true;
        continue;
      }
      if (answer.ok()) {
        return answer;
      }
      Duration pause = pause(answer);
      if (pause.isNegative() || System.nanoTime() - start + pause.toNanos() > longest.toNanos()) {
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
    return switch (cause) {
      case UnknownHostException _ -> "unknown host " + message;
      case SocketTimeoutException _ when "Read timed out".equals(message) ->
          "it accepts the connection and does not answer";
      default -> message == null ? cause.getClass().getSimpleName() : message;
    };
  }
}
