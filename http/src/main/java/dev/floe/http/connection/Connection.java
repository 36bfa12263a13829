package dev.floe.http.connection;

import dev.floe.http.Client;
import dev.floe.http.Problem;
import dev.floe.http.connection.Debt.Owes;
import dev.floe.manifest.ProblemCode;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/**
 * One client's connection: what it owes the server, and since when. All but {@link #isOverdue} and
 * what {@link Connections} asks happens on the channel's own thread.
 */
final class Connection {

  /** How long a refused client gets to read why. */
  private static final Duration GOODBYE = Duration.ofSeconds(2);

  /** How long the rest of a body may come in that was answered before its end. */
  private static final Duration REST = Duration.ofSeconds(10);

  private final Channel channel;
  private final Connections all;
  private final RequestRules rules;
  private final Limits limits;
  private final ProblemAnswers answers;
  private final Queue<AccessLog.Line> unanswered = new ArrayDeque<>();

  private volatile Debt debt = Debt.none();
  private volatile Debt reading = Debt.none();
  private BodyLimits.Limit limit = BodyLimits.of("GET", "/");
  private long bodyBytes;
  private boolean bodyOpen;
  private boolean answering;
  private int status;

  Connection(
      Channel channel, Connections all, RequestRules rules, Limits limits, ProblemAnswers answers) {
    this.channel = channel;
    this.all = all;
    this.rules = rules;
    this.limits = limits;
    this.answers = answers;
  }

  boolean isLoopback() {
    return channel.remoteAddress() instanceof InetSocketAddress remote
        && remote.getAddress().isLoopbackAddress();
  }

  boolean sharesAddress(Connection other) {
    return channel.remoteAddress() instanceof InetSocketAddress mine
        && other.channel.remoteAddress() instanceof InetSocketAddress theirs
        && mine.getAddress().equals(theirs.getAddress());
  }

  boolean keepsUsWaiting() {
    return owed().what() != Owes.NOTHING;
  }

  boolean isMidRequest() {
    return owed().what() == Owes.BODY || owed().what() == Owes.READING;
  }

  /** Whoever owes no part of a request may still owe the reading of an answer. */
  private Debt owed() {
    Debt ofRequest = debt;
    return ofRequest.what() == Owes.NOTHING ? reading : ofRequest;
  }

  long since() {
    return owed().since();
  }

  boolean isOverdue(long now) {
    return debt.isOverdue(now) || reading.isOverdue(now);
  }

  void endIfOverdue() {
    channel.eventLoop().execute(this::endOverdue);
  }

  void makeRoom() {
    channel
        .eventLoop()
        .execute(
            () -> {
              if (keepsUsWaiting()) {
                var _ = channel.close();
              } else if (channel.isOpen()) {
                all.readmit(this);
              }
            });
  }

  private void endOverdue() {
    long now = System.nanoTime();
    boolean late = debt.isOverdue(now) && (debt.what() == Owes.HEAD || debt.what() == Owes.BODY);
    if (late && !answering && !reading.isOverdue(now)) {
      refuse(
          Problem.of(
                  ProblemCode.BAD_REQUEST,
                  "The request did not arrive in time.",
                  "Send it again, without pauses.")
              .at(HttpResponseStatus.REQUEST_TIMEOUT.code()));
    } else if (isOverdue(now)) {
      var _ = channel.close();
    }
  }

  private void owe(Owes what, Duration patience) {
    debt = Debt.of(what, patience);
  }

  /** Answers past every route, and listens no more. */
  private void refuse(Problem problem) {
    if (answering || unanswered.size() > 1) {
      // In the middle of another request's answer this one's would be taken for a part of it.
      var _ = channel.close();
      return;
    }
    owe(Owes.GOODBYE, GOODBYE);
    var line = Optional.ofNullable(unanswered.poll()).orElse(new AccessLog.Line("-", "-"));
    AccessLog.write(line, problem.status(), who());
    channel
        .pipeline()
        .context(Requests.class)
        .writeAndFlush(answers.of(problem))
        .addListener(_ -> listenNoMore());
  }

  /** Closed with bytes unread, the connection would be reset before the client has the answer. */
  private void listenNoMore() {
    if (channel instanceof DuplexChannel duplex) {
      var _ = duplex.shutdownOutput();
    }
    channel.config().setAutoRead(true);
  }

  private String who() {
    return Optional.ofNullable(channel.attr(Client.WHO).getAndSet(null)).orElse("-");
  }

  /** Before the codec: sees that something comes, not what. */
  final class Bytes extends ChannelInboundHandlerAdapter {

    @Override
    public void channelActive(ChannelHandlerContext context) throws Exception {
      owe(Owes.NEXT_REQUEST, limits.head());
      channel.closeFuture().addListener(_ -> all.left(Connection.this));
      super.channelActive(context);
      if (!all.admit(Connection.this)) {
        refuse(
            Problem.of(
                ProblemCode.TOO_BUSY,
                "The server has as many connections as it takes.",
                "Try again in a moment; close connections that you do not use."));
      }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) throws Exception {
      if (debt.what() == Owes.NEXT_REQUEST) {
        owe(Owes.HEAD, limits.head());
      }
      super.channelRead(context, bytes);
    }
  }

  /** Behind the codec: sees requests on their way in, and answers on their way out. */
  final class Requests extends ChannelDuplexHandler {

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
      if (!isDone() && message instanceof HttpRequest head) {
        begin(head).ifPresent(Connection.this::refuse);
      }
      if (!isDone() && message instanceof HttpContent content) {
        take(content).ifPresent(Connection.this::refuse);
      }
      if (isDone()) {
        ReferenceCountUtil.release(message);
      } else {
        super.channelRead(context, message);
      }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise)
        throws Exception {
      if (isDone()) {
        ReferenceCountUtil.release(message);
        return;
      }
      note(message);
      super.write(context, message, promise);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) throws Exception {
      reading = channel.isWritable() ? Debt.none() : Debt.of(Owes.READING, limits.stall());
      super.channelWritabilityChanged(context);
    }
  }

  private boolean isDone() {
    return debt.what() == Owes.GOODBYE;
  }

  private Optional<Problem> begin(HttpRequest head) {
    unanswered.add(new AccessLog.Line(head.method().name(), RequestRules.path(head.uri())));
    limit = RequestRules.limit(head);
    bodyBytes = 0;
    bodyOpen = true;
    owe(Owes.BODY, limit.streamed() ? limits.stall() : limits.body());
    int port = channel.localAddress() instanceof InetSocketAddress own ? own.getPort() : 0;
    return rules.refuse(head, port);
  }

  private Optional<Problem> take(HttpContent content) {
    bodyBytes += content.content().readableBytes();
    if (bodyBytes > limit.bytes()) {
      return Optional.of(RequestRules.tooLarge(limit));
    }
    if (content instanceof LastHttpContent) {
      bodyOpen = false;
      if (unanswered.isEmpty()) {
        owe(Owes.NEXT_REQUEST, limits.idle());
      } else {
        debt = Debt.none();
      }
    } else if (limit.streamed() && debt.what() == Owes.BODY) {
      owe(Owes.BODY, limits.stall());
    }
    return Optional.empty();
  }

  /** Follows an answer from its head to its end. */
  private void note(Object message) {
    if (message instanceof HttpResponse response) {
      if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
        return;
      }
      answering = true;
      status = response.status().code();
    }
    if (message instanceof LastHttpContent) {
      answering = false;
      Optional.ofNullable(unanswered.poll())
          .ifPresent(line -> AccessLog.write(line, status, who()));
      if (unanswered.isEmpty()) {
        owe(bodyOpen ? Owes.REST : Owes.NEXT_REQUEST, bodyOpen ? REST : limits.idle());
      }
    }
  }
}
