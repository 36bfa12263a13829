package dev.floe.proof;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The bytes that stand for one record of the log in its tree, the same for whoever computes them.
 *
 * <p>A sequence of parts, each a 4-byte big-endian length followed by that many bytes:
 *
 * <ol>
 *   <li>{@code floe-entry/1}
 *   <li>the topic, UTF-8
 *   <li>the key, as on the record
 *   <li>the number of {@code ce_*} headers, a 4-byte big-endian integer (a part like the others:
 *       its length, 4, precedes it)
 *   <li>for each of these headers its name (UTF-8) and its value, two parts; the headers in the
 *       order of their names' bytes, taken as unsigned, and under one name in that of their values'
 *   <li>the SHA-256 of the full canonical schema JSON, 32 bytes
 *   <li>the record's timestamp in milliseconds since 1970, an 8-byte big-endian integer
 *   <li>the Avro body, without the wire format's magic byte and schema id
 * </ol>
 *
 * Other headers are left out: transports may add to them. The format is frozen; a change is {@code
 * floe-entry/2}.
 */
public final class CanonicalEntry {

  private static final byte[] FORMAT = utf8("floe-entry/1");
  private static final String COVERED = "ce_";

  private static final Comparator<Header> BYTE_ORDER =
      Comparator.comparing((Header header) -> header.nameBytes, Arrays::compareUnsigned)
          .thenComparing(header -> header.value, Arrays::compareUnsigned);

  private final byte[] bytes;

  private CanonicalEntry(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * The entry for one record.
   *
   * @param headers all of the record's headers, in any order; only {@code ce_*} ones are covered
   * @param schema see {@link #schemaHash}
   * @param timestamp the record's, in milliseconds since 1970
   * @param body the value after the wire format's five leading bytes
   */
  public static CanonicalEntry of(
      String topic, byte[] key, List<Header> headers, Hash schema, long timestamp, byte[] body) {
    List<Header> covered =
        headers.stream()
            .filter(header -> header.name().startsWith(COVERED))
            .sorted(BYTE_ORDER)
            .toList();
    var parts = new Parts();
    parts.add(FORMAT);
    parts.add(utf8(topic));
    parts.add(key);
    parts.add(ByteBuffer.allocate(Integer.BYTES).putInt(covered.size()).array());
    for (Header header : covered) {
      parts.add(header.nameBytes);
      parts.add(header.value);
    }
    parts.add(schema.bytes());
    parts.add(ByteBuffer.allocate(Long.BYTES).putLong(timestamp).array());
    parts.add(body);
    return new CanonicalEntry(parts.joined());
  }

  /** What stands for a schema in its entries: the SHA-256 of its full canonical JSON, in UTF-8. */
  public static Hash schemaHash(String canonicalJson) {
    return Hash.sha256(utf8(canonicalJson));
  }

  /** A copy of the canonical bytes. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** This entry's leaf in its partition's tree. */
  public Hash leaf() {
    return MerkleTree.leaf(bytes);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A record's header, its value as the bytes on the log. */
  public static final class Header {

    private final String name;
    private final byte[] nameBytes;
    private final byte[] value;

    private Header(String name, byte[] value) {
      this.name = name;
      this.nameBytes = utf8(name);
      this.value = value;
    }

    public static Header of(String name, byte[] value) {
      return new Header(name, value.clone());
    }

    public static Header of(String name, String value) {
      return new Header(name, utf8(value));
    }

    public String name() {
      return name;
    }
  }

  private static final class Parts {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(1024);

    void add(byte[] part) {
      out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
      out.writeBytes(part);
    }

    byte[] joined() {
      return out.toByteArray();
    }
  }
}
