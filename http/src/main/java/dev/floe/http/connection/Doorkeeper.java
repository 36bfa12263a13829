package dev.floe.http.connection;

import io.micronaut.context.annotation.Requires;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.server.netty.NettyServerCustomizer;
import io.netty.channel.Channel;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Puts a {@link Connection} into the pipeline of each client, on both sides of the HTTP codec. */
@Singleton
@Requires(classes = NettyServerCustomizer.class)
final class Doorkeeper implements BeanCreatedEventListener<NettyServerCustomizer.Registry> {

  private final Provider<Connections> connections;
  private final Provider<RequestRules> rules;
  private final Provider<Limits> limits;
  private final Provider<ProblemAnswers> answers;

  /** Providers, for a listener is made before the beans that it needs. */
  Doorkeeper(
      Provider<Connections> connections,
      Provider<RequestRules> rules,
      Provider<Limits> limits,
      Provider<ProblemAnswers> answers) {
    this.connections = connections;
    this.rules = rules;
    this.limits = limits;
    this.answers = answers;
  }

  @Override
  public NettyServerCustomizer.Registry onCreated(
      BeanCreatedEvent<NettyServerCustomizer.Registry> event) {
    event.getBean().register(new PerConnection(null));
    return event.getBean();
  }

  private final class PerConnection implements NettyServerCustomizer {

    private final @Nullable Channel channel;

    private PerConnection(@Nullable Channel channel) {
      this.channel = channel;
    }

    @Override
    public NettyServerCustomizer specializeForChannel(Channel specific, ChannelRole role) {
      return role == ChannelRole.CONNECTION ? new PerConnection(specific) : this;
    }

    @Override
    public void onInitialPipelineBuilt() {
      if (channel != null) {
        var connection =
            new Connection(channel, connections.get(), rules.get(), limits.get(), answers.get());
        channel.pipeline().addFirst("floe-bytes", connection.new Bytes());
        channel
            .pipeline()
            .addAfter(
                ChannelPipelineCustomizer.HANDLER_HTTP_SERVER_CODEC,
                "floe-requests",
                connection.new Requests());
      }
    }
  }
}
