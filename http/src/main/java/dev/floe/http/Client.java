package dev.floe.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.netty.util.AttributeKey;

/** The client at the other end of a request's connection. */
public final class Client {

  /** Whose request is being answered, for the access log. */
  public static final AttributeKey<String> WHO = AttributeKey.valueOf("floe-who");

  private Client() {}

  /** Has the access log name who sent the request. */
  public static void isKnown(HttpRequest<?> request, String who) {
    if (request instanceof NettyHttpRequest<?> over) {
      over.getChannelHandlerContext().channel().attr(WHO).set(who);
    }
  }

  /** Does something when the client has gone, or at once if it has. */
  public static void whenGone(HttpRequest<?> request, Runnable task) {
    if (request instanceof NettyHttpRequest<?> over) {
      over.getChannelHandlerContext().channel().closeFuture().addListener(_ -> task.run());
    }
  }

  /** Whether nobody hears an answer any more. */
  static boolean hasGone(HttpRequest<?> request) {
    return request instanceof NettyHttpRequest<?> over
        && !over.getChannelHandlerContext().channel().isActive();
  }
}
