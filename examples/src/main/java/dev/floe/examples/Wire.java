package dev.floe.examples;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;

/** Confluent's wire format: a zero byte, the schema's id in four bytes, the Avro record. */
final class Wire {

  private static final int HEADER = 5;

  private final Schemas schemas;

  Wire(Schemas schemas) {
    this.schemas = schemas;
  }

  <R extends SpecificRecordBase> byte[] encode(String topic, R record)
      throws IOException, InterruptedException {
    int id = schemas.id(topic, record.getSchema());
    var out = new ByteArrayOutputStream();
    out.write(0);
    out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(id).array());
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new SpecificDatumWriter<R>(record.getSchema()).write(record, encoder);
    encoder.flush();
    return out.toByteArray();
  }

  GenericRecord decode(byte[] value) throws IOException, InterruptedException {
    if (value.length < HEADER || value[0] != 0) {
      throw new IOException("the value is not in Confluent's wire format");
    }
    Schema writer = schemas.byId(ByteBuffer.wrap(value, 1, Integer.BYTES).getInt());
    var body = DecoderFactory.get().binaryDecoder(value, HEADER, value.length - HEADER, null);
    return new GenericDatumReader<GenericRecord>(writer).read(null, body);
  }
}
