package dev.floe.messaging.journal;

import dev.floe.kernel.Journal;
import dev.floe.messaging.Bus;
import dev.floe.messaging.JournalContract;
import dev.floe.messaging.Shelf;
import dev.floe.messaging.TestKafka;
import dev.floe.messaging.Tokens;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KafkaJournalIT extends JournalContract {

  private final Bus bus = TestKafka.get().bus();
  private final KafkaJournal<Shelf.Command, Shelf.State, Shelf.Event> journal =
      KafkaJournal.start(bus, TestKafka.get().place(), Shelf.rules(), Tokens.security());

  @BeforeAll
  void ready() throws InterruptedException {
    journal.awaitReady(Duration.ofSeconds(20));
  }

  @AfterAll
  void stop() {
    journal.close();
    bus.close();
  }

  @Override
  protected Journal<Shelf.Command, Shelf.Event> journal() {
    return journal;
  }
}
