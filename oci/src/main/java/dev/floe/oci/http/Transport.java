package dev.floe.oci.http;

import dev.floe.oci.http.HttpSettings.Patience;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.net.URIAuthority;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** Sends one request: no sign-in, no redirect, no second attempt at what somebody has read. */
final class Transport {

  private final HttpSettings settings;
  private final HttpClient client;
  private final RequestConfig config;

  Transport(HttpSettings settings) {
    this.settings = settings;
    this.client = Connections.of(settings);
    this.config =
        RequestConfig.custom()
            .setConnectionRequestTimeout(Timeout.of(settings.patience().request()))
            .setResponseTimeout(Timeout.of(settings.patience().idle()))
            .setConnectionKeepAlive(TimeValue.of(Connections.KEPT))
            .setRedirectsEnabled(false)
            .setAuthenticationEnabled(false)
            .setContentCompressionEnabled(false)
            .setExpectContinueEnabled(false)
            .setProtocolUpgradeEnabled(false)
            .setHardCancellationEnabled(true)
            .build();
  }

  /**
   * What a server hung up on while it was idle is sent again at once, unless it is a blob, which is
   * read from its source again by whoever sends it. So is what it hung up on right after the
   * handshake: it may have said why, such as that it wants a certificate, and our request have
   * crossed its words and undone them.
   */
  Answer send(Call call, Optional<String> authorization) throws IOException {
    HttpClientContext context = HttpClientContext.create();
    try {
      return exchange(call, authorization, context);
    } catch (NoHttpResponseException | ConnectionClosedException | SocketException e) {
      boolean kept = wasKept(context);
      if (call.body() instanceof Call.Body.Stream || !(kept || wasCutOff(e, context))) {
        throw e;
      }
      HttpClientContext again = HttpClientContext.create();
      if (!kept) {
        Connections.listenFirst(again);
      }
      return exchange(call, authorization, again);
    }
  }

  private static boolean wasCutOff(IOException e, HttpClientContext context) {
    return e instanceof SocketException && context.getSSLSession() != null;
  }

  private static boolean wasKept(HttpClientContext context) {
    EndpointDetails details = context.getEndpointDetails();
    return details != null && details.getRequestCount() > 1;
  }

  private Answer exchange(Call call, Optional<String> authorization, HttpClientContext context)
      throws IOException {
    HttpUriRequestBase request = prepare(call);
    authorization.ifPresent(value -> request.setHeader("Authorization", value));
    Watch watch = new Watch(request::cancel, settings.patience().idle(), total(call));
    try (watch) {
      write(call, request, watch);
      ClassicHttpResponse response = client.executeOpen(target(call.uri()), request, context);
      checkSender(call, response, context);
      return new Answer(call.uri(), response, request::cancel, watch);
    } catch (IOException | RuntimeException e) {
      request.cancel();
      String late = watch.expired();
      if (late != null) {
        throw (IOException) new InterruptedIOException(late).initCause(e);
      }
      throw e;
    }
  }

  private Duration total(Call call) {
    Patience patience = settings.patience();
    if (call.body() instanceof Call.Body.Stream(_, long size)) {
      return patience.transfer(size).plus(patience.commit(size));
    }
    return call.isTransfer() ? patience.transfer(0) : patience.request();
  }

  /** A proxy that refuses a tunnel answers in the clear, and would pass for the registry. */
  private static void checkSender(
      Call call, ClassicHttpResponse response, HttpClientContext context) throws IOException {
    if (Origin.of(call.uri()).isSecure() && context.getSSLSession() == null) {
      throw new ProtocolException(
          "the proxy does not lead there, it answered " + response.getCode());
    }
  }

  private static HttpHost target(URI uri) {
    return new HttpHost(uri.getScheme(), uri.getHost(), uri.getPort());
  }

  private HttpUriRequestBase prepare(Call call) throws IOException {
    HttpUriRequestBase request;
    try {
      request = new HttpUriRequestBase(call.method(), call.uri());
    } catch (IllegalArgumentException e) {
      throw (IOException) new ProtocolException("this is no address").initCause(e);
    }
    // A user's name in an address is nobody's business.
    request.setAuthority(new URIAuthority(call.uri().getHost(), call.uri().getPort()));
    request.setConfig(config);
    request.setHeader("User-Agent", "floe");
    request.setHeader("Accept", "*/*");
    request.setHeader("Accept-Encoding", "identity");
    call.headers().forEach(request::setHeader);
    return request;
  }

  private void write(Call call, HttpUriRequestBase request, Watch watch) {
    switch (call.body()) {
      case Call.Body.None() -> {
        if (call.method().equals("POST") || call.method().equals("PUT")) {
          request.setEntity(new ByteArrayEntity(new byte[0], null));
        }
      }
      case Call.Body.Bytes whole -> request.setEntity(new ByteArrayEntity(whole.bytes(), null));
      case Call.Body.Stream(var source, long size) -> {
        Duration commit = settings.patience().commit(size);
        request.setEntity(new SentBody(source, size, watch, commit));
        request.setConfig(
            RequestConfig.copy(config).setResponseTimeout(Timeout.of(commit)).build());
      }
    }
  }
}
