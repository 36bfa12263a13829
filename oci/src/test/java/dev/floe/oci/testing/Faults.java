package dev.floe.oci.testing;

import dev.floe.oci.testing.FaultyProxy.Fault;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Ways to misbehave, and when. */
public final class Faults {

  private Faults() {}

  public static Fault times(int count, Fault fault) {
    AtomicInteger left = new AtomicInteger(count);
    return exchange -> left.getAndDecrement() > 0 && fault.answers(exchange);
  }

  public static Fault on(String method, Fault fault) {
    return exchange -> exchange.getRequestMethod().equals(method) && fault.answers(exchange);
  }

  public static Fault status(int status) {
    return exchange -> FaultyProxy.answer(exchange, status, Map.of(), new byte[0]);
  }

  public static Fault status(int status, String header, String value) {
    return exchange -> FaultyProxy.answer(exchange, status, Map.of(header, value), new byte[0]);
  }

  public static Fault serving(String type, byte[] body) {
    String length = Integer.toString(body.length);
    Map<String, String> headers = Map.of("Content-Type", type, "Content-Length", length);
    return exchange -> FaultyProxy.answer(exchange, 200, headers, body);
  }

  /** Takes the request and answers nothing. */
  public static Fault hanging() {
    return _ -> {
      try {
        Thread.sleep(60_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return true;
    };
  }

  /** Leaves everything right, and late. */
  public static Fault after(Duration delay) {
    return _ -> {
      try {
        Thread.sleep(delay);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return false;
    };
  }
}
