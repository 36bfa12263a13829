package dev.floe.messaging.journal;

import dev.floe.kernel.Asked;
import dev.floe.kernel.Journal.Answer;
import dev.floe.kernel.Journal.Halted;
import dev.floe.kernel.Journal.OutcomeUnknown;
import dev.floe.kernel.Journal.TooLong;
import dev.floe.messaging.Bus;
import dev.floe.messaging.CommandRecords;
import dev.floe.messaging.CommandSigner;
import dev.floe.messaging.RecordSize;
import dev.floe.messaging.Replies;
import dev.floe.messaging.Replies.Reply;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/** Puts commands on the service's own topic and waits for their answers. */
final class CommandSender<C, E> implements AutoCloseable {

  private final JournalPlace place;
  private final Producer<byte[], byte[]> producer;
  private final Replies replies;
  private final CommandCodec<C> commands;
  private final CommandRecords records;
  private final Answers<E> answers;
  private final Duration limit;

  CommandSender(
      Bus bus,
      JournalPlace place,
      JournalRules<C, ?, E> rules,
      CommandSigner signer,
      Duration limit) {
    this.place = place;
    this.commands = rules.commands();
    this.limit = limit;
    this.replies = bus.replies();
    this.records = new CommandRecords(bus.wire(), signer, place.service(), place.commands());
    this.producer = bus.kafka().producer("floe-" + place.group() + "-commands");
    this.answers = new Answers<>(bus.wire(), rules.events(), rules.about(), place.events().name());
  }

  CompletableFuture<Answer<E>> send(Asked<C> asked) {
    var record = records.of(commands.write(asked.command(), asked.subject()), asked);
    try {
      RecordSize.requireFits(record, place.commands());
    } catch (RecordSize.TooLong tooLong) {
      return CompletableFuture.failedFuture(new TooLong(String.valueOf(tooLong.getMessage())));
    }
    CompletableFuture<Reply> reply = replies.await(asked.id());
    try {
      var _ =
          producer.send(
              record,
              (_, failed) -> {
                if (failed != null) {
                  reply.completeExceptionally(failed);
                }
              });
    } catch (RuntimeException failed) {
      reply.completeExceptionally(failed);
    }
    return reply
        .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
        .handle((answered, failed) -> answer(asked, reply, answered, failed));
  }

  private Answer<E> answer(
      Asked<C> asked,
      CompletableFuture<Reply> reply,
      @Nullable Reply answered,
      @Nullable Throwable failed) {
    if (answered == null) {
      replies.forget(asked.id(), reply);
      throw new OutcomeUnknown(asked.id(), failed);
    }
    try {
      return answers.read(answered, asked.subject(), asked.id());
    } catch (Halted halted) {
      throw halted;
    } catch (RuntimeException unreadable) {
      throw new OutcomeUnknown(asked.id(), unreadable);
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(2));
  }
}
