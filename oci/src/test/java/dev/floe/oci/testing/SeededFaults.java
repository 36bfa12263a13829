package dev.floe.oci.testing;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Mischief that a seed decides: the same request, asked for the same time, meets the same. Only
 * where parallel requests look alike does it depend on which one comes first.
 */
public final class SeededFaults implements FaultyProxy.Fault {

  private final FaultyProxy proxy;
  private final long seed;
  private final double likelihood;
  private final ConcurrentMap<String, AtomicInteger> asked = new ConcurrentHashMap<>();
  private final List<String> happened = new CopyOnWriteArrayList<>();

  /**
   * @param likelihood of any mischief with one request
   */
  public SeededFaults(FaultyProxy proxy, long seed, double likelihood) {
    this.proxy = proxy;
    this.seed = seed;
    this.likelihood = likelihood;
  }

  @Override
  public boolean answers(HttpExchange exchange) throws IOException {
    String request = exchange.getRequestMethod() + " " + lasting(exchange);
    int time = asked.computeIfAbsent(request, _ -> new AtomicInteger()).incrementAndGet();
    Random random = new Random(seed * 31 + (request + time).hashCode());
    if (random.nextDouble() >= likelihood) {
      return false;
    }
    Mischief mischief = Mischief.any(random);
    happened.add(mischief + " at " + request + " #" + time);
    return mischief.happens(proxy, exchange, random);
  }

  /** The address without the names of upload sessions, which no two runs share. */
  private static String lasting(HttpExchange exchange) {
    String uri = exchange.getRequestURI().toString();
    int digest = uri.indexOf("digest=");
    String session = "/blobs/uploads/";
    int upload = uri.indexOf(session);
    return upload < 0
        ? uri
        : uri.substring(0, upload + session.length()) + (digest < 0 ? "" : uri.substring(digest));
  }

  /** In the order in which it happened. */
  public List<String> happened() {
    return List.copyOf(happened);
  }
}
