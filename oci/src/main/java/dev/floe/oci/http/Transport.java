package dev.floe.oci.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.Authenticator;
import java.net.HttpRetryException;
import java.net.HttpURLConnection;
import java.net.ProtocolException;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;

/** Sends one request once: no sign-in, no redirect, no second attempt. */
final class Transport {

  /** Large enough that a blob costs few system calls, small enough for hundreds of transfers. */
  static final int BUFFER = 64 * 1024;

  /** Answers nothing, whatever authenticator this process has as its default. */
  private static final Authenticator NOBODY = new Authenticator() {};

  private final HttpSettings settings;

  Transport(HttpSettings settings) {
    this.settings = settings;
  }

  Answer send(Call call, Optional<String> authorization) throws IOException {
    HttpURLConnection connection = prepare(call);
    authorization.ifPresent(value -> connection.setRequestProperty("Authorization", value));
    var total = call.isTransfer() ? settings.transferTimeout() : settings.requestTimeout();
    Watch watch = new Watch(connection, settings.idleTimeout(), total);
    try (watch) {
      write(call.body(), connection, watch);
      int status = statusOf(connection);
      return new Answer(call.uri(), status, connection, bodyOf(connection, status), watch);
    } catch (HttpRetryException e) {
      // Streaming, the connection throws for 401 instead of answering it.
      return new Answer(
          call.uri(), e.responseCode(), connection, InputStream.nullInputStream(), watch);
    } catch (IOException | RuntimeException e) {
      connection.disconnect();
      String late = watch.expired();
      if (late != null) {
        throw (IOException) new InterruptedIOException(late).initCause(e);
      }
      throw e;
    }
  }

  /**
   * The connection reads each interim answer (1xx) one call deeper than the one before, and fails
   * over odd challenges as if its caller were wrong.
   */
  private static int statusOf(HttpURLConnection connection) throws IOException {
    int status = -1;
    Throwable cause = null;
    try {
      status = connection.getResponseCode();
    } catch (RuntimeException | StackOverflowError e) {
      cause = e;
    }
    if (status < 0) {
      throw (IOException) new ProtocolException("what came is no HTTP").initCause(cause);
    }
    return status;
  }

  private HttpURLConnection prepare(Call call) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) call.uri().toURL().openConnection();
    Optional<SSLContext> tls = settings.tls();
    if (connection instanceof HttpsURLConnection https && tls.isPresent()) {
      https.setSSLSocketFactory(tls.get().getSocketFactory());
    }
    connection.setRequestMethod(call.method());
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    connection.setAuthenticator(NOBODY);
    connection.setConnectTimeout(Math.toIntExact(settings.connectTimeout().toMillis()));
    connection.setReadTimeout(Math.toIntExact(settings.idleTimeout().toMillis()));
    connection.setRequestProperty("User-Agent", "floe");
    connection.setRequestProperty("Accept", "*/*");
    call.headers().forEach(connection::setRequestProperty);
    return connection;
  }

  private static void write(Call.Body body, HttpURLConnection connection, Watch watch)
      throws IOException {
    switch (body) {
      case Call.Body.None() -> {
        if (connection.getRequestMethod().matches("POST|PUT")) {
          send(new byte[0], connection);
        }
      }
      case Call.Body.Bytes whole -> send(whole.bytes(), connection);
      case Call.Body.Stream(var source, long size) -> {
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(size);
        try (InputStream in = source.open()) {
          stream(in, connection, watch);
        }
      }
    }
  }

  /** Kept whole by the connection, which can therefore show us a 401 and its challenges. */
  private static void send(byte[] bytes, HttpURLConnection connection) throws IOException {
    connection.setDoOutput(true);
    try (OutputStream out = connection.getOutputStream()) {
      out.write(bytes);
    }
  }

  private static void stream(InputStream in, HttpURLConnection connection, Watch watch)
      throws IOException {
    byte[] buffer = new byte[BUFFER];
    OutputStream out = connection.getOutputStream();
    int count;
    while ((count = in.read(buffer)) >= 0) {
      watch.moved();
      out.write(buffer, 0, count);
      watch.moved();
      watch.checkTotal();
    }
    out.close();
  }

  private static InputStream bodyOf(HttpURLConnection connection, int status) throws IOException {
    if (status < 400) {
      return connection.getInputStream();
    }
    InputStream body = connection.getErrorStream();
    return body != null ? body : InputStream.nullInputStream();
  }
}
