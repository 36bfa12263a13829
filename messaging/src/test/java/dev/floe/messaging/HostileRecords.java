package dev.floe.messaging;

import dev.floe.kernel.Actor;
import dev.floe.messaging.Envelope.Numbers;
import dev.floe.messaging.avro.AvroWire;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * Records as nobody should write them, from one seed: sizes around every limit, zero characters and
 * halves of pairs, other schemas, garbage, and headers that are missing, doubled or wrong.
 */
public final class HostileRecords {

  private static final int[] SIZES = {
    0, 1, 4, 5, 100, 513, 2_704, 8_191, 16_384, 60_000, 65_535, 65_536, 200_000, 1_048_000,
    1_100_000
  };
  private static final String[] TEXTS = {
    "",
    " ",
    "\0",
    "a\0b",
    "\uD800",
    "x\uDFFF",
    "\u202Ecod.exe",
    "\u200B",
    "v1.2.3",
    "prod",
    "<b>",
    "'; drop table promotion; --",
    "\\u0000",
    "%s%n",
    "{\"a\":1}",
    "9999999999999999999",
    "-1"
  };

  private final Random random;
  private final AvroWire wire;
  private final List<Schema> schemas;

  /**
   * @param schemas of records that the topics' readers know
   */
  public HostileRecords(long seed, AvroWire wire, List<Schema> schemas) {
    this.random = new Random(seed);
    this.wire = wire;
    this.schemas = schemas.stream().filter(s -> s.getType() == Schema.Type.RECORD).toList();
  }

  /** One more for {@code topic}, under a key that begins with {@code prefix} if it has one. */
  public ProducerRecord<byte[], byte[]> next(String topic, String prefix) {
    byte[] key = key(prefix);
    return record(topic, key, value(topic), headers());
  }

  /** A value for {@code topic}; null for a tombstone. */
  public byte @Nullable [] value(String topic) {
    return switch (random.nextInt(8)) {
      case 0 -> null;
      case 1 -> bytes(size());
      case 2 -> withId(random.nextInt(), bytes(random.nextInt(100)));
      case 3 -> withId(1 + random.nextInt(40), bytes(random.nextInt(200)));
      // An array of two billion, or a text of as many bytes.
      case 4 -> withId(1 + random.nextInt(40), new byte[] {-2, -1, -1, -1, 15});
      case 5 -> cut(wire.encode(topic, datum(schema())));
      default -> wire.encode(topic, datum(schema()));
    };
  }

  /** Text of any kind and length. */
  public String text() {
    return switch (random.nextInt(6)) {
      case 0 -> TEXTS[random.nextInt(TEXTS.length)].repeat(1 + random.nextInt(2_000));
      case 1 -> new String(bytes(size() / 16), StandardCharsets.ISO_8859_1);
      default -> TEXTS[random.nextInt(TEXTS.length)];
    };
  }

  @SuppressWarnings("NullAway") // Kafka takes a record without key or value
  private static ProducerRecord<byte[], byte[]> record(
      String topic, byte @Nullable [] key, byte @Nullable [] value, List<Header> headers) {
    return new ProducerRecord<>(topic, null, null, key, value, headers);
  }

  private byte @Nullable [] key(String prefix) {
    return switch (random.nextInt(6)) {
      case 0 -> null;
      case 1 -> bytes(random.nextInt(40));
      case 2 -> (prefix + text()).getBytes(StandardCharsets.UTF_8);
      default -> (prefix + random.nextInt(5)).getBytes(StandardCharsets.UTF_8);
    };
  }

  private List<Header> headers() {
    List<Header> headers = new ArrayList<>();
    if (random.nextInt(4) > 0) {
      headers.addAll(envelope().headers());
    }
    headers.removeIf(_ -> random.nextInt(30) == 0);
    if (random.nextInt(3) == 0) {
      headers.add(new RecordHeader(Envelope.AUTHORIZATION, ("Bearer " + text()).getBytes(UTF_8)));
      headers.add(new RecordHeader(text(), random.nextBoolean() ? null : bytes(size() / 64)));
    }
    return headers;
  }

  private Envelope envelope() {
    Numbers numbers =
        random.nextInt(3) == 0
            ? new Numbers(random.nextLong(), random.nextLong())
            : new Numbers(random.nextInt(20), 1);
    return new Envelope(
        text(),
        random.nextBoolean() ? schema().getFullName() : text(),
        text(),
        text(),
        random.nextInt(5) == 0 ? Instant.ofEpochSecond(random.nextLong() >> 28) : Instant.now(),
        text(),
        text(),
        Actor.user(text()),
        random.nextInt(4) == 0 ? null : numbers,
        new RecordPosition(random.nextBoolean() ? text() : "floe.gate.events", 0, 1),
        null,
        text());
  }

  private static final java.nio.charset.Charset UTF_8 = StandardCharsets.UTF_8;

  private Schema schema() {
    return schemas.get(random.nextInt(schemas.size()));
  }

  private IndexedRecord datum(Schema schema) {
    var record = new GenericData.Record(schema);
    schema.getFields().forEach(field -> record.put(field.pos(), any(field.schema())));
    return record;
  }

  private @Nullable Object any(Schema schema) {
    return switch (schema.getType()) {
      case RECORD -> datum(schema);
      case ENUM ->
          new GenericData.EnumSymbol(
              schema, schema.getEnumSymbols().get(random.nextInt(schema.getEnumSymbols().size())));
      case ARRAY -> {
        List<@Nullable Object> items = new ArrayList<>();
        for (int i = random.nextInt(20) == 0 ? random.nextInt(2_000) : random.nextInt(3);
            i > 0;
            i--) {
          items.add(any(schema.getElementType()));
        }
        yield items;
      }
      case MAP -> java.util.Map.of();
      case UNION -> any(schema.getTypes().get(random.nextInt(schema.getTypes().size())));
      case STRING -> text();
      case BYTES -> ByteBuffer.wrap(bytes(random.nextInt(100)));
      case INT -> random.nextInt();
      case LONG -> random.nextLong();
      case FLOAT -> random.nextFloat();
      case DOUBLE -> random.nextBoolean() ? Double.NaN : random.nextDouble();
      case BOOLEAN -> random.nextBoolean();
      case FIXED -> new GenericData.Fixed(schema, bytes(schema.getFixedSize()));
      case NULL -> null;
    };
  }

  private byte[] cut(byte[] whole) {
    return java.util.Arrays.copyOf(whole, random.nextInt(whole.length + 1));
  }

  private static byte[] withId(int schema, byte[] body) {
    return ByteBuffer.allocate(5 + body.length).put((byte) 0).putInt(schema).put(body).array();
  }

  private int size() {
    return SIZES[random.nextInt(SIZES.length)];
  }

  private byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
