package dev.floe.local;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.web.router.Router;
import io.micronaut.web.router.UriRouteInfo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Sends every route of the API what nobody should: nothing may break, whatever comes. {@code
 * -Dfloe.soak=true} goes on for longer.
 */
class HostileRequestsIT {

  private static final long SEED = 20_261_201;
  private static final int ROUNDS = Boolean.getBoolean("floe.soak") ? 400 : 12;
  private static final Pattern VARIABLE = Pattern.compile("\\{[^}]*}");

  /** Around every limit, and whatever has ever broken a parser, a table or a terminal. */
  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "\0",
          "a\0b",
          "\u001b[2J",
          "\n",
          "\u202eevil",
          "\u2066x\u2069",
          "a\u200bb",
          "\ufeff",
          "\uffff",
          "ünïcode",
          "🚀",
          "../../etc/passwd",
          "' or 1=1 --",
          "%00%0d%0a",
          "staging",
          "v1.0.0",
          "a".repeat(128),
          "a".repeat(129),
          "x".repeat(2_000),
          "x".repeat(2_001),
          "y".repeat(60_000),
          "y".repeat(65_536),
          "z".repeat(1_100_000));

  private static final List<String> MEMBERS =
      List.of(
          "artifact",
          "version",
          "from",
          "to",
          "env",
          "dryRun",
          "dryrun",
          "requestApproval",
          "reason",
          "registries",
          "plan",
          "retry",
          "decision",
          "digest");

  private static final List<String> PARAMETERS =
      List.of(
          "artifact",
          "version",
          "env",
          "environment",
          "state",
          "event",
          "request",
          "user",
          "from",
          "to",
          "at",
          "text",
          "limit",
          "cursor",
          "order",
          "mine",
          "constraint",
          "nonsense");

  private static final List<String> HEADERS =
      List.of(
          "Idempotency-Key",
          "Floe-Position",
          "Floe-File",
          "Floe-Via",
          "Floe-Annotation",
          "If-Match",
          "Last-Event-ID",
          "traceparent",
          "Accept",
          "Content-Type",
          "X-Anything");

  private final Random random = new Random(SEED);
  private final Whole whole = Whole.running();
  private final String bearer = "Bearer " + whole.door().token(Course.DANA);

  @Test
  void whatever_comes_is_refused_and_nothing_breaks() throws IOException {
    whole.apply(Manifests.COURSE);
    Course course = whole.course("fuzzed", "v1.0.0");
    course.publish();
    List<UriRouteInfo<?, ?>> routes = routes();
    Map<String, Integer> counts = new TreeMap<>();

    for (int round = 0; round < ROUNDS; round++) {
      for (UriRouteInfo<?, ?> route : routes) {
        byte[] request = request(route);
        String status = send(request);
        assertThat(status)
            .as(() -> new String(request, 0, Math.min(request.length, 1_500), ISO_8859_1))
            .doesNotStartWith("5");
        var _ = counts.merge(status, 1, Integer::sum);
      }
    }

    System.out.printf("hostile requests, seed %d: %s%n", SEED, counts);
    course.reach("staging");
    String cursor = "";
    do {
      Reply page = whole.door().as(Whole.OWNER).get("/api/v1/audit?limit=1000" + cursor);
      assertThat(page.status()).isEqualTo(200);
      cursor = page.text("next").isEmpty() ? "" : "&cursor=" + page.text("next");
    } while (!cursor.isEmpty());
    assertThat(whole.door().nobody().get("/health/readiness").status()).isEqualTo(200);
  }

  private List<UriRouteInfo<?, ?>> routes() {
    List<UriRouteInfo<?, ?>> routes = new ArrayList<>();
    whole
        .system()
        .http()
        .getBean(Router.class)
        .uriRoutes()
        .filter(route -> route.getUriMatchTemplate().toPathString().startsWith("/api/"))
        .forEach(routes::add);
    return routes;
  }

  private byte[] request(UriRouteInfo<?, ?> route) {
    String method = route.getHttpMethodName();
    String path = path(route.getUriMatchTemplate().toPathString());
    var head = new StringBuilder();
    head.append(random.nextInt(20) == 0 ? "PATCH" : method).append(' ').append(path);
    head.append(" HTTP/1.1\r\nHost: 127.0.0.1:").append(whole.port()).append("\r\n");
    head.append("Connection: close\r\n");
    if (random.nextInt(20) > 0) {
      head.append("Authorization: ").append(bearer).append("\r\n");
    }
    String type = random.nextInt(10) == 0 ? "text/html" : "application/json";
    head.append("Content-Type: ").append(type).append("\r\n");
    if (random.nextInt(3) == 0) {
      String value = any(TEXTS);
      head.append(any(HEADERS)).append(": ");
      head.append(value.substring(0, Math.min(value.length(), 10_000))).append("\r\n");
    }
    byte[] body = method.equals("GET") ? new byte[0] : body();
    boolean chunked = body.length > 0 && random.nextInt(4) == 0;
    head.append(chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + body.length);
    head.append("\r\n\r\n");
    var out = new ByteArrayOutputStream();
    out.writeBytes(head.toString().getBytes(UTF_8));
    out.writeBytes(chunked ? (Integer.toHexString(body.length) + "\r\n").getBytes(UTF_8) : body);
    if (chunked) {
      out.writeBytes(body);
      out.writeBytes("\r\n0\r\n\r\n".getBytes(UTF_8));
    }
    return out.toByteArray();
  }

  private String path(String template) {
    Matcher variables = VARIABLE.matcher(template);
    String path =
        variables.replaceAll(
            _ ->
                Matcher.quoteReplacement(
                    random.nextBoolean() ? "fuzzed" : encoded(any(TEXTS), 3_000)));
    if (random.nextInt(3) > 0) {
      return path;
    }
    return path + "?" + any(PARAMETERS) + "=" + encoded(any(TEXTS), 2_500);
  }

  private byte[] body() {
    if (random.nextInt(12) == 0) {
      byte[] garbage = new byte[random.nextInt(3_000)];
      random.nextBytes(garbage);
      return garbage;
    }
    var json = new StringBuilder("{");
    int members = random.nextInt(5);
    for (int i = 0; i < members; i++) {
      json.append(i == 0 ? "" : ",").append(quoted(any(MEMBERS))).append(':').append(value());
    }
    return json.append(random.nextInt(10) == 0 ? "} trailing" : "}").toString().getBytes(UTF_8);
  }

  private String value() {
    return switch (random.nextInt(9)) {
      case 0 -> "true";
      case 1 -> "null";
      case 2 -> "1e400";
      case 3 -> "[" + quoted(any(TEXTS)) + "]";
      case 4 -> "[".repeat(5_000) + "]".repeat(5_000);
      case 5 -> "[" + "\"primary\",".repeat(5_000) + "\"primary\"]";
      case 6 -> "\"\\ud800\\u0000\\u202e\"";
      default -> quoted(any(TEXTS));
    };
  }

  private static String quoted(String text) {
    var json = new StringBuilder("\"");
    text.chars()
        .forEach(
            c ->
                json.append(
                    c < ' ' || c == '"' || c == '\\' ? "\\u%04x".formatted(c) : "" + (char) c));
    return json.append('"').toString();
  }

  private static String encoded(String text, int longest) {
    return URLEncoder.encode(text.substring(0, Math.min(text.length(), longest)), UTF_8);
  }

  private String any(List<String> list) {
    return list.get(random.nextInt(list.size()));
  }

  /** The status of the answer; {@code closed} where the connection ends without one. */
  private String send(byte[] request) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), whole.port())) {
      socket.setSoTimeout(20_000);
      try {
        socket.getOutputStream().write(request);
      } catch (IOException _) {
        // Answered and closed before all of it was taken; the answer is there all the same.
      }
      return status(socket.getInputStream());
    }
  }

  private static String status(InputStream answer) {
    try {
      String line = new String(answer.readNBytes("HTTP/1.1 200".length()), ISO_8859_1);
      return line.length() < "HTTP/1.1 200".length() ? "closed" : line.substring(9);
    } catch (java.net.SocketTimeoutException silent) {
      return "500: no answer";
    } catch (IOException _) {
      return "closed";
    }
  }
}
