package dev.floe.oci.http;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.client5.http.impl.io.DefaultHttpResponseParserFactory;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.HttpMessageParser;
import org.apache.hc.core5.http.io.HttpMessageParserFactory;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Gives up on who sends interim answers (1xx) without end. They are counted where a connection
 * reads them: the client itself passes over every 100 without telling anybody.
 */
final class FewInterimAnswers implements HttpMessageParserFactory<ClassicHttpResponse> {

  private static final int MOST = 20;

  private final DefaultHttpResponseParserFactory plain;

  FewInterimAnswers(Http1Config limits) {
    this.plain = new DefaultHttpResponseParserFactory(limits);
  }

  @Override
  @SuppressWarnings("deprecation") // it has to be there, and nobody calls it
  public HttpMessageParser<ClassicHttpResponse> create(Http1Config other) {
    return create();
  }

  @Override
  public HttpMessageParser<ClassicHttpResponse> create() {
    return new Counting(plain.create());
  }

  /** Of one connection, which reads one answer after the other. */
  private static final class Counting implements HttpMessageParser<ClassicHttpResponse> {

    private final HttpMessageParser<ClassicHttpResponse> parser;
    private int interim;

    Counting(HttpMessageParser<ClassicHttpResponse> parser) {
      this.parser = parser;
    }

    @Override
    public @Nullable ClassicHttpResponse parse(SessionInputBuffer buffer, InputStream in)
        throws IOException, HttpException {
      // Null where the server hung up instead of answering.
      @Nullable ClassicHttpResponse answer = parser.parse(buffer, in);
      interim = answer != null && answer.getCode() < HttpStatus.SC_OK ? interim + 1 : 0;
      if (interim > MOST) {
        throw new ProtocolException("more than " + MOST + " interim answers came");
      }
      return answer;
    }
  }
}
