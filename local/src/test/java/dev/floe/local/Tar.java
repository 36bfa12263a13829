package dev.floe.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

/** A tar of small files, as a client of the HTTP API sends one. */
final class Tar {

  private static final int BLOCK = 512;

  private Tar() {}

  static byte[] of(Map<String, String> files) {
    var tar = new ByteArrayOutputStream();
    new TreeMap<>(files)
        .forEach(
            (name, content) -> {
              byte[] bytes = content.getBytes(UTF_8);
              tar.writeBytes(header(name, bytes.length));
              tar.writeBytes(bytes);
              tar.writeBytes(new byte[(BLOCK - bytes.length % BLOCK) % BLOCK]);
            });
    tar.writeBytes(new byte[2 * BLOCK]);
    return tar.toByteArray();
  }

  private static byte[] header(String name, int size) {
    ByteBuffer header = ByteBuffer.allocate(BLOCK);
    put(header, 0, name);
    put(header, 100, "0000644");
    put(header, 108, "0000000");
    put(header, 116, "0000000");
    put(header, 124, "%011o".formatted(size));
    put(header, 136, "00000000000");
    put(header, 148, " ".repeat(8));
    put(header, 156, "0");
    put(header, 257, "ustar");
    put(header, 263, "00");
    int sum = 0;
    for (byte each : header.array()) {
      sum += each;
    }
    put(header, 148, "%06o\0 ".formatted(sum));
    return header.array();
  }

  private static void put(ByteBuffer header, int at, String text) {
    header.put(at, text.getBytes(UTF_8));
  }
}
