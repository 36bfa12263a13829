package dev.floe.messaging.avro;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Avro records in Confluent's wire format: a zero byte, the schema's id, the record.
 *
 * <p>Written under subject {@code <topic>-<record full name>}. Read with the writer's schema; where
 * the class generated for it is at hand, into that class, else as a generic record.
 */
public final class AvroWire {

  private static final int HEADER = 5;

  static {
    // No text or array can be longer than a record: a length that lies must not exhaust memory.
    for (String limit :
        List.of("string.maxLength", "bytes.maxLength", "collectionItems.maxLength")) {
      System.getProperties().putIfAbsent("org.apache.avro.limits." + limit, "2097152");
    }
  }

  private final SchemaRegistry registry;
  private final Map<Subject, Integer> ids = new ConcurrentHashMap<>();
  private final Map<Integer, Reader> readers = new ConcurrentHashMap<>();

  private record Subject(String topic, Schema schema) {}

  private record Reader(Schema writer, DatumReader<? extends IndexedRecord> datums) {}

  /**
   * A record with the schema it was written with.
   *
   * @param schemaId the writer schema's id in the registry
   * @param body where the Avro body begins in the value: {@link #HEADER} bytes in
   */
  public record Decoded(int schemaId, Schema writer, IndexedRecord record, int body) {}

  public AvroWire(SchemaRegistry registry) {
    this.registry = registry;
  }

  /**
   * Registers {@code schemas} for {@code topic}, so that a missing permission or an incompatible
   * schema stops the start and not the first record.
   */
  public void register(String topic, Collection<Schema> schemas) {
    for (Schema schema : schemas) {
      id(topic, schema);
    }
  }

  /** The record's bytes for {@code topic}. */
  public byte[] encode(String topic, IndexedRecord record) {
    Schema schema = record.getSchema();
    int id = id(topic, schema);
    var out = new ByteArrayOutputStream(128);
    out.write(0);
    out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(id).array());
    try {
      BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
      writer(record).write(record, encoder);
      encoder.flush();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toByteArray();
  }

  /**
   * The record in {@code value}.
   *
   * @throws Undecodable when it is none; {@link SchemaRegistry.Unavailable} passes through, for it
   *     says nothing about the record
   */
  public Decoded decode(byte @Nullable [] value) throws Undecodable {
    if (value == null || value.length < HEADER || value[0] != 0) {
      throw new Undecodable(
          "expected a zero byte and a 4-byte schema id in front of the Avro body, found %s"
              .formatted(value == null ? "no value" : "%d bytes".formatted(value.length)));
    }
    int id = ByteBuffer.wrap(value, 1, Integer.BYTES).getInt();
    Reader reader = reader(id);
    try {
      var decoder = DecoderFactory.get().binaryDecoder(value, HEADER, value.length - HEADER, null);
      IndexedRecord record = reader.datums().read(null, decoder);
      if (!decoder.isEnd()) {
        throw new Undecodable("bytes follow the record of schema %d".formatted(id));
      }
      return new Decoded(id, reader.writer(), record, HEADER);
    } catch (IOException | RuntimeException broken) {
      throw new Undecodable(
          "the value is no record of schema %d (%s): %s"
              .formatted(id, reader.writer().getFullName(), broken.getMessage()),
          broken);
    }
  }

  private Reader reader(int id) throws Undecodable {
    Reader known = readers.get(id);
    if (known != null) {
      return known;
    }
    try {
      Reader reader = readerOf(registry.byId(id));
      readers.put(id, reader);
      return reader;
    } catch (SchemaRegistry.Rejected unknown) {
      throw new Undecodable(
          "the registry has no schema %d: %s".formatted(id, unknown.getMessage()), unknown);
    } catch (AvroRuntimeException unusable) {
      throw new Undecodable(
          "schema %d cannot be used: %s".formatted(id, unusable.getMessage()), unusable);
    }
  }

  private static Reader readerOf(Schema writer) throws Undecodable {
    if (writer.getType() != Schema.Type.RECORD) {
      throw new Undecodable("expected a record, the schema says %s".formatted(writer.getType()));
    }
    Class<?> generated = SpecificData.get().getClass(writer);
    if (generated != null && SpecificRecord.class.isAssignableFrom(generated)) {
      return new Reader(
          writer,
          new SpecificDatumReader<SpecificRecord>(
              writer,
              SpecificData.get().getSchema(generated),
              SpecificData.getForClass(generated)));
    }
    return new Reader(writer, new GenericDatumReader<GenericData.Record>(writer));
  }

  private static DatumWriter<IndexedRecord> writer(IndexedRecord record) {
    return record instanceof SpecificRecord
        ? new SpecificDatumWriter<>(record.getSchema(), SpecificData.getForClass(record.getClass()))
        : new GenericDatumWriter<>(record.getSchema());
  }

  private int id(String topic, Schema schema) {
    var subject = new Subject(topic, schema);
    Integer known = ids.get(subject);
    if (known != null) {
      return known;
    }
    int id = registry.register(topic + '-' + schema.getFullName(), schema);
    ids.put(subject, id);
    return id;
  }
}
