package dev.floe.oci.http;

import dev.floe.oci.RegistryException;
import dev.floe.oci.RegistryTrouble;
import dev.floe.oci.json.Json;
import dev.floe.oci.json.JsonException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.http.MessageConstraintException;

/** Turns what went wrong on the wire into words. */
final class Failures {

  private static final int LONGEST_BODY = 8 * 1024;

  private static final Pattern REFUSED_CERTIFICATE =
      Pattern.compile("Received fatal alert: (\\w*certificate\\w*|unknown_ca|access_denied)");

  private Failures() {}

  /** Whether the same request may be answered otherwise in a while. */
  static boolean isPassing(int status) {
    return status == 429 || status == 408 || (status >= 500 && status != 501 && status != 505);
  }

  static RegistryTrouble troubleOf(int status) {
    return switch (status) {
      case 401, 403 -> RegistryTrouble.UNAUTHORIZED;
      case 404 -> RegistryTrouble.NOT_FOUND;
      case 429 -> RegistryTrouble.RATE_LIMITED;
      default -> {
        if (isPassing(status)) {
          yield RegistryTrouble.UNREACHABLE;
        }
        yield status >= 400 ? RegistryTrouble.REFUSED : RegistryTrouble.INVALID_RESPONSE;
      }
    };
  }

  static RegistryTrouble troubleOf(IOException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException
          || cause instanceof CertPathBuilderException
          || cause instanceof CertPathValidatorException) {
        return RegistryTrouble.UNSAFE;
      }
    }
    return e instanceof TlsSource.UnusableTls || refusalOfOurs(e).isPresent()
        ? RegistryTrouble.UNAUTHORIZED
        : RegistryTrouble.UNREACHABLE;
  }

  /** How the other side called our certificate, if it was that or its absence that ended it. */
  private static Optional<String> refusalOfOurs(IOException e) {
    return Optional.ofNullable(e instanceof SSLException ? e.getMessage() : null)
        .map(REFUSED_CERTIFICATE::matcher)
        .filter(Matcher::find)
        .map(matcher -> matcher.group(1));
  }

  static RegistryException of(Call call, String host, IOException e) {
    return new RegistryException(troubleOf(e), call.action(), host, reason(e), e);
  }

  static String reason(IOException e) {
    if (troubleOf(e) == RegistryTrouble.UNSAFE) {
      return "its certificate is not trusted; configure its CA";
    }
    Optional<String> refusal = refusalOfOurs(e);
    if (refusal.isPresent()) {
      return "it wants a client certificate of a CA that it trusts (%s); configure client_certificate and client_key"
          .formatted(refusal.get());
    }
    return switch (e) {
      case TlsSource.UnusableTls _ -> String.valueOf(e.getMessage());
      case UnknownHostException _ -> "there is no such host";
      case MessageConstraintException _ -> "the head of its answer is longer than any sensible one";
      case ConnectException _ -> "nobody answers there";
      case SocketTimeoutException _ -> "it stopped answering (" + e.getMessage() + ")";
      default -> "the connection failed (" + e.getMessage() + ")";
    };
  }

  /** For an answer that the call does not accept. */
  static RegistryException of(
      Call call, String host, Answer answer, UnaryOperator<String> withoutSecrets) {
    int status = answer.status();
    String detail = "it answered " + status + explanation(answer, withoutSecrets);
    if (status == 401 || status == 403) {
      detail += "; are the credentials for it configured and good enough?";
    }
    if (status == 429) {
      detail +=
          answer.header("Retry-After").map(wait -> "; it asks to wait " + clean(wait)).orElse("");
    }
    return new RegistryException(troubleOf(status), call.action(), host, detail);
  }

  /** The registry's own words, by the specification's error format. */
  private static String explanation(Answer answer, UnaryOperator<String> withoutSecrets) {
    try {
      byte[] bytes = answer.bytes(LONGEST_BODY);
      List<Json> errors = Json.read(bytes).elements("errors");
      if (errors.isEmpty()) {
        return "";
      }
      String code = errors.getFirst().text("code").orElse("");
      String message = errors.getFirst().text("message").orElse("");
      String said = message.isEmpty() ? code : code + ": " + message;
      return " (" + clean(withoutSecrets.apply(said)) + ")";
    } catch (IOException | JsonException _) {
      return "";
    }
  }

  /** A stranger's text, fit for one line of a log. */
  static String clean(String text) {
    String line = text.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]+", " ").strip();
    return line.length() > 200 ? line.substring(0, 200) + "…" : line;
  }

  static RegistryException invalid(Call call, String host, String detail) {
    return new RegistryException(RegistryTrouble.INVALID_RESPONSE, call.action(), host, detail);
  }

  static RegistryException mismatch(Call call, String host, String detail) {
    return new RegistryException(RegistryTrouble.DIGEST_MISMATCH, call.action(), host, detail);
  }
}
