package dev.floe.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.kernel.Requirement;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The vectors are frozen: a file may be added, none edited. */
@Requirement("330.7")
class CanonicalEntryTest {

  private static final Hash SCHEMA = CanonicalEntry.schemaHash("\"null\"");

  @ParameterizedTest
  @ValueSource(strings = {"promotion-requested", "no-headers-empty-body", "beyond-ascii"})
  void has_the_frozen_bytes(String name) {
    var vector = Vector.read(name);
    CanonicalEntry entry = vector.entry();
    assertThat(HexFormat.of().formatHex(entry.bytes())).isEqualTo(vector.one("canonical"));
    assertThat(entry.leaf().hex()).isEqualTo(vector.one("leaf"));
    assertThat(CanonicalEntry.schemaHash(vector.one("schema")).hex())
        .isEqualTo(vector.one("schema-sha256"));
  }

  @Test
  void does_not_depend_on_the_order_of_headers_nor_on_those_that_transports_add() {
    var sorted = entry("k", header("ce_a", "1"), header("ce_b", "2"));
    assertThat(entry("k", header("ce_b", "2"), header("x", "y"), header("ce_a", "1")))
        .isEqualTo(sorted);
  }

  @Test
  void changes_with_every_part() {
    byte[] key = utf8("k");
    List<CanonicalEntry.Header> headers = List.of(header("ce_a", "1"));
    byte[] body = {1};
    Hash leaf = CanonicalEntry.of("t", key, headers, SCHEMA, 1, body).leaf();
    assertThat(
            List.of(
                CanonicalEntry.of("u", key, headers, SCHEMA, 1, body).leaf(),
                CanonicalEntry.of("t", utf8("l"), headers, SCHEMA, 1, body).leaf(),
                CanonicalEntry.of("t", key, List.of(), SCHEMA, 1, body).leaf(),
                CanonicalEntry.of("t", key, List.of(header("ce_b", "1")), SCHEMA, 1, body).leaf(),
                CanonicalEntry.of("t", key, List.of(header("ce_a", "2")), SCHEMA, 1, body).leaf(),
                CanonicalEntry.of("t", key, headers, Hash.sha256(), 1, body).leaf(),
                CanonicalEntry.of("t", key, headers, SCHEMA, 2, body).leaf(),
                CanonicalEntry.of("t", key, headers, SCHEMA, 1, new byte[0]).leaf()))
        .doesNotContain(leaf)
        .doesNotHaveDuplicates();
  }

  @Test
  void keeps_neighbouring_parts_apart() {
    assertThat(entry("k", header("ce_ab", "c"))).isNotEqualTo(entry("k", header("ce_a", "bc")));
    assertThat(entry("k", header("ce_a", ""), header("ce_b", "")))
        .isNotEqualTo(entry("k", header("ce_a", "ce_b")));
  }

  private static String entry(String key, CanonicalEntry.Header... headers) {
    byte[] bytes =
        CanonicalEntry.of("t", utf8(key), List.of(headers), SCHEMA, 1, new byte[0]).bytes();
    return HexFormat.of().formatHex(bytes);
  }

  private static CanonicalEntry.Header header(String name, String value) {
    return CanonicalEntry.Header.of(name, value);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A file of {@code name=value} lines: what goes in and what must come out. */
  private record Vector(List<String> lines) {

    static Vector read(String name) {
      try (InputStream file =
          CanonicalEntryTest.class.getResourceAsStream("/vectors/" + name + ".txt")) {
        byte[] bytes = Objects.requireNonNull(file, name).readAllBytes();
        return new Vector(new String(bytes, StandardCharsets.UTF_8).lines().toList());
      } catch (IOException unreadable) {
        throw new AssertionError(name, unreadable);
      }
    }

    CanonicalEntry entry() {
      List<CanonicalEntry.Header> headers = new ArrayList<>();
      for (String header : all("header")) {
        int split = header.indexOf('=');
        headers.add(header(header.substring(0, split), header.substring(split + 1)));
      }
      return CanonicalEntry.of(
          one("topic"),
          utf8(one("key")),
          headers,
          Hash.ofHex(one("schema-sha256")),
          Long.parseLong(one("timestamp")),
          HexFormat.of().parseHex(one("body")));
    }

    String one(String name) {
      return all(name).getFirst();
    }

    private List<String> all(String name) {
      return lines.stream()
          .filter(line -> line.startsWith(name + "="))
          .map(line -> line.substring(name.length() + 1))
          .toList();
    }
  }
}
