package dev.floe.oci.testing;

import com.sun.net.httpserver.HttpExchange;
import dev.floe.oci.testing.FaultyProxy.Passed;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** What may happen to a request and its answer between us and an honest registry. */
public enum Mischief {
  /** The connection ends after some bytes of the answer, perhaps none. */
  CUT_ANSWER {
    @Override
    boolean happens(FaultyProxy proxy, HttpExchange exchange, Random random) throws IOException {
      Passed passed = proxy.forward(exchange);
      byte[] body = passed.body();
      boolean head = exchange.getRequestMethod().equals("HEAD");
      if (head || body.length == 0 || random.nextInt(4) == 0) {
        return true;
      }
      int after = random.nextInt(body.length);
      return FaultyProxy.cut(exchange, passed.status(), passed.headers(), body, after);
    }
  },
  /** The connection ends after some bytes of the request, which the registry never sees. */
  CUT_REQUEST {
    @Override
    boolean happens(FaultyProxy proxy, HttpExchange exchange, Random random) throws IOException {
      exchange.getRequestBody().readNBytes(random.nextInt(30_000));
      return true;
    }
  },
  /** Nothing comes until the patience is over. */
  STALL {
    @Override
    boolean happens(FaultyProxy proxy, HttpExchange exchange, Random random) throws IOException {
      if (random.nextBoolean()) {
        proxy.forward(exchange);
      }
      LockSupport.parkNanos(STALL_TIME.toNanos());
      return true;
    }
  },
  /** Something in between sends the request twice. */
  TWICE {
    @Override
    boolean happens(FaultyProxy proxy, HttpExchange exchange, Random random) throws IOException {
      byte[] body = exchange.getRequestBody().readAllBytes();
      proxy.forward(exchange, body);
      return pass(exchange, proxy.forward(exchange, body));
    }
  },
  ERROR_500 {
    @Override
    boolean happens(FaultyProxy proxy, HttpExchange exchange, Random random) throws IOException {
      return FaultyProxy.answer(exchange, 500, Map.of(), NOTHING);
    }
  },
  /** The registry does it, and something in between says that it failed. */
  LOST_ANSWER_502 {
    @Override
    boolean happens(FaultyProxy proxy, HttpExchange exchange, Random random) throws IOException {
      proxy.forward(exchange);
      return FaultyProxy.answer(exchange, 502, Map.of(), NOTHING);
    }
  },
  BUSY_503 {
    @Override
    boolean happens(FaultyProxy proxy, HttpExchange exchange, Random random) throws IOException {
      return FaultyProxy.answer(exchange, 503, Map.of("Retry-After", "0"), NOTHING);
    }
  },
  /** Mostly asks for a moment, and sometimes for longer than anybody waits. */
  PATIENCE_429 {
    @Override
    boolean happens(FaultyProxy proxy, HttpExchange exchange, Random random) throws IOException {
      String wait = random.nextInt(4) == 0 ? "3600" : "0";
      return FaultyProxy.answer(exchange, 429, Map.of("Retry-After", wait), NOTHING);
    }
  },
  /**
   * One bit of the body turns, in the answer or on the way to the registry. Lists and what is sent
   * under a tag have no digest that would show it; there, only TLS helps.
   */
  WRONG_BYTES {
    @Override
    boolean happens(FaultyProxy proxy, HttpExchange exchange, Random random) throws IOException {
      String path = exchange.getRequestURI().getPath();
      if (!path.contains("/blobs/") && !path.matches(".*/manifests/sha(256|512):.*")) {
        return false;
      }
      byte[] sent = turned(exchange.getRequestBody().readAllBytes(), random);
      Passed passed = proxy.forward(exchange, sent);
      byte[] body = turned(passed.body(), random);
      return FaultyProxy.answer(exchange, passed.status(), passed.headers(), body);
    }
  },
  /** The answer is shorter or longer than it was, and says so. */
  WRONG_LENGTH {
    @Override
    boolean happens(FaultyProxy proxy, HttpExchange exchange, Random random) throws IOException {
      Passed passed = proxy.forward(exchange);
      Map<String, String> headers = new HashMap<>(passed.headers());
      headers.keySet().removeIf("Content-Length"::equalsIgnoreCase);
      headers.put("Content-Length", Integer.toString(random.nextInt(100_000)));
      byte[] body = passed.body();
      byte[] other = Arrays.copyOf(body, Math.max(1, body.length + random.nextInt(-50, 50)));
      return FaultyProxy.answer(exchange, passed.status(), headers, other);
    }
  },
  /** What is to be stored is acknowledged and dropped. */
  FORGET {
    @Override
    boolean happens(FaultyProxy proxy, HttpExchange exchange, Random random) throws IOException {
      return exchange.getRequestMethod().equals("PUT")
          && FaultyProxy.answer(exchange, 201, Map.of(), NOTHING);
    }
  };

  /** Longer than the patience of who is to be tried. */
  public static final Duration STALL_TIME = Duration.ofMillis(500);

  private static final byte[] NOTHING = new byte[0];

  private static final List<Mischief> LIES = List.of(WRONG_BYTES, WRONG_LENGTH, FORGET);

  /** One of them, and more often one that nobody reports. */
  static Mischief any(Random random) {
    List<Mischief> choice = random.nextBoolean() ? LIES : List.of(values());
    return choice.get(random.nextInt(choice.size()));
  }

  /** Whether it has kept the exchange from the registry; some mischief suits some requests only. */
  abstract boolean happens(FaultyProxy proxy, HttpExchange exchange, Random random)
      throws IOException;

  private static boolean pass(HttpExchange exchange, Passed passed) throws IOException {
    return FaultyProxy.answer(exchange, passed.status(), passed.headers(), passed.body());
  }

  private static byte[] turned(byte[] bytes, Random random) {
    if (bytes.length > 0) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }
}
