package dev.floe.audit.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

class EventStreamTest {

  /** A client that takes only as much as it is told to. */
  private static final class Slow implements Subscriber<String> {
    private final List<String> taken = new CopyOnWriteArrayList<>();
    private final CountDownLatch subscribed = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile Subscription subscription =
        new Subscription() {
          @Override
          public void request(long wanted) {}

          @Override
          public void cancel() {}
        };

    static Slow of(Publisher<String> publisher) throws InterruptedException {
      var client = new Slow();
      publisher.subscribe(client);
      client.subscribed.await();
      return client;
    }

    @Override
    public void onSubscribe(Subscription given) {
      subscription = given;
      subscribed.countDown();
    }

    @Override
    public void onNext(String item) {
      taken.add(item);
    }

    @Override
    public void onError(Throwable failed) {
      over.countDown();
    }

    @Override
    public void onComplete() {
      over.countDown();
    }
  }

  @Test
  void is_never_written_ahead_of_what_its_client_takes() throws Exception {
    var written = new AtomicInteger();
    Publisher<String> publisher =
        EventStream.of(
            stream -> {
              while (true) {
                stream.send("item");
                written.incrementAndGet();
              }
            });
    Slow client = Slow.of(publisher);

    client.subscription.request(2);
    await().until(() -> client.taken.size() == 2);
    client.subscription.request(1);
    await().until(() -> client.taken.size() == 3);

    assertThat(written.get()).isLessThanOrEqualTo(3);
    client.subscription.cancel();
  }

  @Test
  void ends_its_writer_when_its_client_leaves() throws Exception {
    var ended = new CountDownLatch(1);
    Publisher<String> publisher =
        EventStream.of(
            stream -> {
              try {
                stream.send("what nobody takes");
              } finally {
                ended.countDown();
              }
            });
    Slow client = Slow.of(publisher);

    client.subscription.cancel();

    assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(client.taken).isEmpty();
  }

  @Test
  void beats_only_after_a_long_silence() throws Exception {
    Publisher<String> publisher =
        EventStream.of(
            stream -> {
              stream.send("news");
              stream.beat("comment");
              assertThat(stream.untilHeartbeat()).isGreaterThan(Duration.ofSeconds(10));
            });
    Slow client = Slow.of(publisher);
    client.subscription.request(10);
    client.over.await();

    assertThat(client.taken).containsExactly("news");
  }

  @Test
  void beats_at_once_so_that_its_client_knows_that_it_listens() throws Exception {
    Publisher<String> publisher = EventStream.of(stream -> stream.beat("comment"));
    Slow client = Slow.of(publisher);
    client.subscription.request(1);
    client.over.await();

    assertThat(client.taken).containsExactly("comment");
  }

  /** Else its writer would turn round and round, reading the database each time. */
  @Test
  void waits_with_a_beat_for_a_client_that_takes_nothing() throws Exception {
    var rounds = new AtomicInteger();
    var ended = new CountDownLatch(1);
    Publisher<String> publisher =
        EventStream.of(
            stream -> {
              try {
                stream.beat("comment");
                rounds.incrementAndGet();
              } finally {
                ended.countDown();
              }
            });
    Slow client = Slow.of(publisher);

    client.subscription.cancel();

    assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(rounds).hasValue(0);
  }
}
