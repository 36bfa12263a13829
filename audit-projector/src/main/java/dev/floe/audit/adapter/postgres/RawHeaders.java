package dev.floe.audit.adapter.postgres;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * A record's headers as bytes, none lost or reordered: each name and value with its length in
 * front, -1 for a value that is null.
 */
final class RawHeaders {

  private RawHeaders() {}

  static byte[] encode(List<Header> headers) {
    var bytes = new ByteArrayOutputStream(512);
    try (var out = new DataOutputStream(bytes)) {
      for (Header header : headers) {
        byte[] name = header.key().getBytes(StandardCharsets.UTF_8);
        out.writeInt(name.length);
        out.write(name);
        if (header.value() == null) {
          out.writeInt(-1);
        } else {
          out.writeInt(header.value().length);
          out.write(header.value());
        }
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  static List<Header> decode(byte[] bytes) {
    List<Header> headers = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    while (in.hasRemaining()) {
      byte[] name = new byte[in.getInt()];
      in.get(name);
      int length = in.getInt();
      byte[] value = length < 0 ? null : new byte[length];
      if (value != null) {
        in.get(value);
      }
      headers.add(new RecordHeader(new String(name, StandardCharsets.UTF_8), value));
    }
    return headers;
  }
}
