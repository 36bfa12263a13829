package dev.floe.http.connection;

import dev.floe.http.Problem;
import dev.floe.manifest.ProblemCode;
import io.micronaut.context.annotation.Value;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the head of a request must be like before anything is done about it. */
@Singleton
final class RequestRules {

  private static final String PAGE = "See docs/http.md for what this server takes.";

  private final HostNames hosts;

  RequestRules(@Value("${floe.hosts:}") List<String> hosts) {
    this.hosts = new HostNames(hosts);
  }

  /** Why the request is refused at once; empty where it may go on to its route. */
  Optional<Problem> refuse(HttpRequest head, int ownPort) {
    Throwable undecodable = head.decoderResult().cause();
    if (undecodable != null) {
      return Optional.of(undecodable(undecodable));
    }
    return firstOf(target(head.uri()), host(head.headers(), ownPort), framing(head), length(head));
  }

  @SafeVarargs
  private static Optional<Problem> firstOf(Optional<Problem>... problems) {
    return List.of(problems).stream().flatMap(Optional::stream).findFirst();
  }

  private static Problem undecodable(Throwable cause) {
    return switch (cause) {
      case TooLongHttpLineException _ ->
          bad("The request's first line is too long.", "Ask for less at once.").at(414);
      case TooLongHttpHeaderException _ ->
          bad("The request's headers are too large.", "Send fewer or shorter headers.").at(431);
      default -> bad("The request is no HTTP that this server can read.", PAGE);
    };
  }

  /** Only the origin form: no {@code http://…}, no {@code *}, nothing that is no URI. */
  private static Optional<Problem> target(String target) {
    if (target.startsWith("/") && !target.startsWith("//") && isUri(target)) {
      return Optional.empty();
    }
    return Optional.of(
        bad(
            "The request's target is no path of this server.",
            "Send the path alone, such as /api/v1/status, with odd characters percent-encoded."));
  }

  private static boolean isUri(String target) {
    try {
      return new URI(target).getRawPath() != null;
    } catch (URISyntaxException _) {
      return false;
    }
  }

  private Optional<Problem> host(HttpHeaders headers, int ownPort) {
    List<String> named = headers.getAll(HttpHeaderNames.HOST);
    if (named.size() != 1) {
      return Optional.of(
          bad("The request names %d hosts.".formatted(named.size()), "Send one Host header."));
    }
    return switch (hosts.judge(named.getFirst(), ownPort)) {
      case OURS -> Optional.empty();
      case MALFORMED ->
          Optional.of(
              bad("The request's Host is none.", "Send Host: NAME:PORT, as in the URL you use."));
      case FOREIGN ->
          Optional.of(
              Problem.of(
                  ProblemCode.NOT_AUTHORISED,
                  "This server does not answer for host '%s'.".formatted(named.getFirst()),
                  "Use the URL that `floe up` printed, or add the host to floe.hosts."));
    };
  }

  /** One way of saying where the body ends, in an encoding that everybody reads alike. */
  private static Optional<Problem> framing(HttpRequest head) {
    HttpHeaders headers = head.headers();
    String transfer = headers.get(HttpHeaderNames.TRANSFER_ENCODING);
    if (transfer != null
        && (!transfer.equalsIgnoreCase("chunked")
            || headers.getAll(HttpHeaderNames.TRANSFER_ENCODING).size() > 1
            || headers.contains(HttpHeaderNames.CONTENT_LENGTH))) {
      return Optional.of(
          bad(
              "It is not clear where the request's body ends.",
              "Send either Content-Length or Transfer-Encoding: chunked."));
    }
    if (isOther(headers.get(HttpHeaderNames.CONTENT_ENCODING), "identity")) {
      return Optional.of(
          bad("The request's body is compressed.", "Send it as it is, without Content-Encoding.")
              .at(415));
    }
    if (isOther(headers.get(HttpHeaderNames.EXPECT), "100-continue")) {
      return Optional.of(
          bad("The request expects what this server does not know.", "Leave out Expect.").at(417));
    }
    return Optional.empty();
  }

  private static boolean isOther(@Nullable String header, String known) {
    return header != null && !header.strip().equalsIgnoreCase(known);
  }

  private static Optional<Problem> length(HttpRequest head) {
    BodyLimits.Limit limit = limit(head);
    return HttpUtil.getContentLength(head, 0L) > limit.bytes()
        ? Optional.of(tooLarge(limit))
        : Optional.empty();
  }

  static BodyLimits.Limit limit(HttpRequest head) {
    return BodyLimits.of(head.method().name(), path(head.uri()));
  }

  static Problem tooLarge(BodyLimits.Limit limit) {
    return Problem.of(
        ProblemCode.TOO_LARGE,
        "The request's body is larger than %d bytes.".formatted(limit.bytes()),
        "Send less.");
  }

  /** The target without its query, which may hold what nobody else should see. */
  static String path(String target) {
    int query = target.indexOf('?');
    return query < 0 ? target : target.substring(0, query);
  }

  private static Problem bad(String detail, String hint) {
    return Problem.of(ProblemCode.BAD_REQUEST, detail, hint);
  }
}
