package dev.floe.embedded.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A stranger can neither fill the broker's memory nor take its time from the services. */
class ExhaustionTest {
  private static final String COMMANDS = "floe.promotion.commands";
  private static final int CONNECTIONS = 4;
  private static final Duration IDLE = Duration.ofSeconds(5);
  private static final Duration REMEMBERED = Duration.ofSeconds(3);

  private static KafkaBroker broker;

  @BeforeAll
  static void start() throws Exception {
    broker =
        KafkaBroker.inTemporaryFolder(
            new StrangersLimits(CONNECTIONS, IDLE, REMEMBERED, 50_000, 1 << 20, 50));
    Clients.create(broker, COMMANDS);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void a_length_that_announces_more_than_the_largest_request_ends_the_connection()
      throws Exception {
    try (Socket stranger = connect()) {
      announce(stranger, StrangersLimits.REQUEST_BYTES + 1);
      // Sooner than for its silence.
      stranger.setSoTimeout(Math.toIntExact(IDLE.toMillis()) - 2_000);
      assertThat(stranger.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void stalled_requests_hold_few_connections_not_for_long_and_keep_no_service_from_its_work()
      throws Exception {
    List<Socket> strangers = new ArrayList<>();
    try {
      for (int i = 0; i < 3 * CONNECTIONS; i++) {
        Socket stranger = connect();
        strangers.add(stranger);
        stranger.getOutputStream().write(versionsAsked());
      }
      assertThat(strangers.stream().filter(ExhaustionTest::isAnswered).count())
          .isLessThanOrEqualTo(CONNECTIONS);
      for (Socket stranger : strangers) {
        announce(stranger, StrangersLimits.REQUEST_BYTES);
      }

      Clients.send(broker.servicesConfig(), COMMANDS, "work");

      assertThat(Clients.readAll(broker.servicesConfig(), COMMANDS)).contains("work");
      // Each of those that were served is closed for its silence, and the next takes its place.
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .ignoreExceptions()
          .untilAsserted(() -> Clients.send(Clients.stranger(broker), COMMANDS, "please"));
    } finally {
      for (Socket stranger : strangers) {
        stranger.close();
      }
    }
  }

  @Test
  void a_stranger_who_writes_much_is_slowed_down_and_no_service_with_them() throws Exception {
    double[] slowed = new double[2];
    for (int i = 0; i < 2; i++) {
      Map<String, Object> who = i == 0 ? Clients.stranger(broker) : broker.servicesConfig();
      try (KafkaProducer<String, String> producer = Clients.producer(who)) {
        for (int n = 0; n < 12; n++) {
          producer.send(new ProducerRecord<>(COMMANDS, "key", "x".repeat(60_000))).get();
        }
        slowed[i] = throttled(producer);
      }
    }
    assertThat(slowed[0]).isPositive();
    assertThat(slowed[1]).isZero();
  }

  private static double throttled(KafkaProducer<?, ?> producer) {
    return producer.metrics().entrySet().stream()
        .filter(metric -> metric.getKey().name().equals("produce-throttle-time-max"))
        .mapToDouble(metric -> (double) metric.getValue().metricValue())
        .max()
        .orElseThrow();
  }

  @Test
  void a_service_whose_producer_was_forgotten_meanwhile_goes_on() throws Exception {
    try (var plain = Clients.producer(broker.servicesConfig());
        var transactional =
            Clients.producer(broker.servicesConfig(), "transactional.id", "quiet")) {
      transactional.initTransactions();
      for (String value : List.of("before", "after")) {
        plain.send(new ProducerRecord<>(COMMANDS, "key", value)).get();
        plain.send(new ProducerRecord<>(COMMANDS, "key", value)).get();
        transactional.beginTransaction();
        transactional.send(new ProducerRecord<>(COMMANDS, "key", value)).get();
        transactional.send(new ProducerRecord<>(COMMANDS, "key", value)).get();
        transactional.commitTransaction();
        if (value.equals("before")) {
          Awaitility.await().atMost(Duration.ofSeconds(30)).until(ExhaustionTest::nobodyIsKnown);
        }
      }
    }
    assertThat(Clients.readAll(broker.servicesConfig(), COMMANDS))
        .filteredOn("after"::equals)
        .hasSize(4);
  }

  private static boolean nobodyIsKnown() throws Exception {
    try (var admin = Clients.admin(broker.servicesConfig())) {
      var partition = new org.apache.kafka.common.TopicPartition(COMMANDS, 0);
      return admin
          .describeProducers(List.of(partition))
          .partitionResult(partition)
          .get()
          .activeProducers()
          .isEmpty();
    }
  }

  private static Socket connect() throws IOException {
    String[] place = broker.publicBootstrap().split(":", 2);
    var socket = new Socket(InetAddress.getByName(place[0]), Integer.parseInt(place[1]));
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static void announce(Socket socket, int length) throws IOException {
    socket.getOutputStream().write(ByteBuffer.allocate(4).putInt(length).array());
    socket.getOutputStream().flush();
  }

  /** The question with which every client begins: which versions of requests the broker knows. */
  private static byte[] versionsAsked() {
    byte[] client = "stranger".getBytes(UTF_8);
    int length = 2 + 2 + 4 + 2 + client.length;
    return ByteBuffer.allocate(4 + length)
        .putInt(length)
        .putShort((short) 18)
        .putShort((short) 0)
        .putInt(1)
        .putShort((short) client.length)
        .put(client)
        .array();
  }

  private static boolean isAnswered(Socket socket) {
    try {
      socket.setSoTimeout(200);
      return socket.getInputStream().read() >= 0;
    } catch (SocketTimeoutException _) {
      return false;
    } catch (IOException failed) {
      throw new IllegalStateException(failed);
    }
  }
}
