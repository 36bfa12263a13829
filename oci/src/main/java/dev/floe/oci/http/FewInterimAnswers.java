package dev.floe.oci.http;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** Gives up on who sends interim answers (1xx) without end. */
final class FewInterimAnswers extends HttpRequestExecutor {

  private static final int MOST = 20;

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request,
      HttpClientConnection connection,
      @Nullable HttpResponseInformationCallback callback,
      HttpContext context)
      throws IOException, HttpException {
    AtomicInteger count = new AtomicInteger();
    return super.execute(
        request,
        connection,
        (answer, within, of) -> {
          if (count.incrementAndGet() > MOST) {
            throw new ProtocolException("more than " + MOST + " interim answers came");
          }
          if (callback != null) {
            callback.execute(answer, within, of);
          }
        },
        context);
  }
}
