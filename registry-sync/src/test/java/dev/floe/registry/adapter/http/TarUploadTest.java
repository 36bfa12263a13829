package dev.floe.registry.adapter.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.floe.manifest.FreeText;
import dev.floe.registry.adapter.http.StrictTar.Unusable;
import dev.floe.registry.application.UploadSpace;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a tar may hold, and that nothing else reaches the disk. */
class TarUploadTest {

  private static final TarFolder.Limits SMALL = new TarFolder.Limits(20, 1_000);

  @TempDir Path temporary;
  private UploadSpace space;

  @BeforeEach
  void start() {
    space = UploadSpace.in(temporary.resolve("uploads"));
  }

  @Test
  void files_and_folders_arrive_as_they_are() throws IOException {
    byte[] tar =
        tar(
            out -> {
              put(out, "./", new byte[0]);
              put(out, "./policies/", new byte[0]);
              put(out, "./policies/p.yaml", "one".getBytes(UTF_8));
              put(out, "Übersicht/größe.txt", "two".getBytes(UTF_8));
              put(out, "long/" + "n".repeat(180), "three".getBytes(UTF_8));
            });

    try (TarFolder folder = unpack(tar)) {
      assertThat(folder.path().resolve("policies/p.yaml")).hasContent("one");
      assertThat(folder.path().resolve("Übersicht/größe.txt")).hasContent("two");
      assertThat(folder.path().resolve("long/" + "n".repeat(180))).hasContent("three");
    }
    assertNothingLeft();
  }

  @Test
  void names_that_gnu_tar_writes_in_entries_of_their_own_are_read() throws IOException {
    byte[] tar =
        tar(
            out -> {
              out.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
              put(out, "deep/" + "ü".repeat(100), "x".getBytes(UTF_8));
            });

    try (TarFolder folder = unpack(tar)) {
      assertThat(folder.path().resolve("deep/" + "ü".repeat(100))).hasContent("x");
    }
  }

  @Nested
  class An_entry_is_refused_by_name {

    @ParameterizedTest
    @CsvSource({
      "1, hard link",
      "2, symbolic link",
      "3, device",
      "4, device",
      "6, named pipe",
      "S, sparse",
      "7, kind",
      "V, kind",
    })
    void that_is_neither_file_nor_folder(char flag, String what) {
      byte[] tar = tar(out -> put(out, "innocent", new byte[0]));

      assertRefused(with(tar, 156, (byte) flag), "'innocent'", what);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "/etc/passwd",
          "../outside",
          "a/../../outside",
          "a/..",
          "a//b",
          "a/./b",
          "line\nbreak",
          "bell\u0007",
          "right\u202eleft",
          "zero\u200bwidth",
          "next\u0085line",
          "replaced\ufffd"
        })
    void whose_name_leads_out_or_misleads(String name) {
      byte[] tar =
          tar(
              out -> {
                var entry = new TarArchiveEntry("x", true);
                entry.setName(name);
                out.putArchiveEntry(entry);
                out.closeArchiveEntry();
              });

      assertRefused(tar, "'" + FreeText.quoted(name) + "'");
    }

    @Test
    void whose_name_is_not_in_utf_8() {
      byte[] tar = tar(out -> put(out, "name", new byte[0]));

      assertRefused(with(tar, 1, "\u00e4".getBytes(ISO_8859_1)[0]), "'n", "UTF-8");
    }

    @Test
    void whose_long_name_is_not_in_utf_8() {
      byte[] tar =
          tar(
              out -> {
                out.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
                put(out, "n".repeat(150), new byte[0]);
              });

      assertRefused(with(tar, 512, (byte) 0xe4), "UTF-8");
    }

    @Test
    void whose_pax_name_has_a_nul() {
      byte[] tar =
          tar(
              out -> {
                pax(out, "path=with\0nul");
                put(out, "plain", new byte[0]);
              });

      assertRefused(tar, "'with\ufffdnul'");
    }

    @Test
    void that_comes_twice() {
      assertRefused(
          tar(
              out -> {
                put(out, "a/b", new byte[1]);
                put(out, "a/b", new byte[2]);
              }),
          "'a/b'",
          "twice");
    }

    @Test
    void that_is_a_file_and_a_folder() {
      assertRefused(
          tar(
              out -> {
                put(out, "a", new byte[1]);
                put(out, "a/b", new byte[1]);
              }),
          "'a/b'");
    }

    @Test
    void that_is_sparse_by_its_pax_headers() {
      assertRefused(
          tar(
              out -> {
                pax(out, "GNU.sparse.size=1048576", "GNU.sparse.map=0,0");
                put(out, "holes", new byte[0]);
              }),
          "sparse");
    }
  }

  @Nested
  class A_stream_is_refused {

    @Test
    void that_is_no_tar() {
      byte[] noise = new byte[4096];
      new Random(9).nextBytes(noise);

      assertRefused(noise, "not a tar");
      assertRefused("just text".repeat(200).getBytes(UTF_8), "not a tar");
    }

    @Test
    void that_is_compressed() throws IOException {
      var zipped = new ByteArrayOutputStream();
      try (var gzip = new GZIPOutputStream(zipped)) {
        byte[] noise = new byte[4096];
        new Random(9).nextBytes(noise);
        gzip.write(noise);
      }

      assertRefused(zipped.toByteArray(), "compressed");
    }

    @Test
    void that_is_empty() {
      assertRefused(new byte[0], "cut off");
      assertRefused(new byte[1024], "empty");
    }

    @Test
    void that_is_cut_off_anywhere() {
      byte[] whole =
          tar(
              out -> {
                put(out, "a", new byte[700]);
                put(out, "b", new byte[1]);
              });

      for (int length : List.of(1, 511, 512, 600, 1212, 1536, 2000, 2048, 2560)) {
        assertRefused(Arrays.copyOf(whole, length), "cut off");
      }
    }

    @Test
    void that_holds_more_bytes_than_allowed() {
      assertRefused(
          tar(
              out -> {
                put(out, "a", new byte[600]);
                put(out, "b", new byte[600]);
              }),
          "more than 1000 bytes");
    }

    @Test
    void that_announces_gigabytes_and_is_not_taken_at_its_word() {
      byte[] tar = tar(out -> put(out, "a", new byte[1]));

      byte[] huge = "77777777777\0".getBytes(ISO_8859_1);
      for (int i = 0; i < huge.length; i++) {
        tar = with(tar, 124 + i, huge[i]);
      }
      assertRefused(tar, "more than 1000 bytes");
    }

    @Test
    void that_makes_more_folders_than_allowed_by_deep_names() {
      assertRefused(
          tar(out -> put(out, "a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r/s/t/u", new byte[1])),
          "more than 20 files and folders");
      assertRefused(tar(out -> put(out, "a/".repeat(65) + "b", new byte[1])), "deeper than 64");
    }

    @Test
    void whose_headers_would_fill_the_memory() {
      byte[] tar =
          tar(
              out -> {
                pax(out, "comment=" + "x".repeat(70_000));
                put(out, "a", new byte[0]);
              });

      assertRefused(tar, "more than 65536 bytes");
    }
  }

  @Test
  void what_an_earlier_process_left_is_removed_at_the_start() throws IOException {
    Files.writeString(space.create().resolve("left"), "over");

    UploadSpace.in(temporary.resolve("uploads"));

    assertNothingLeft();
  }

  private TarFolder unpack(byte[] tar) throws IOException {
    return TarFolder.unpack(new ByteArrayInputStream(tar), false, space, SMALL);
  }

  private void assertRefused(byte[] tar, String... words) {
    assertThatThrownBy(() -> unpack(tar))
        .isInstanceOf(Unusable.class)
        .hasMessageContainingAll(words);
    assertNothingLeft();
  }

  private void assertNothingLeft() {
    try (Stream<Path> left = Files.list(temporary.resolve("uploads"))) {
      assertThat(left).isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(temporary.resolve("outside")).doesNotExist();
  }

  private interface Content {
    void write(TarArchiveOutputStream out) throws IOException;
  }

  private static byte[] tar(Content content) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new TarArchiveOutputStream(bytes, UTF_8.name())) {
      out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      out.setAddPaxHeadersForNonAsciiNames(true);
      content.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** A header of its own for the next entry; the library would not write one like these. */
  private static void pax(TarArchiveOutputStream out, String... fields) throws IOException {
    StringBuilder records = new StringBuilder();
    for (String field : fields) {
      int length = field.length() + 3;
      while (Integer.toString(length).length() + field.length() + 2 != length) {
        length++;
      }
      records.append(length).append(' ').append(field).append('\n');
    }
    byte[] bytes = records.toString().getBytes(UTF_8);
    var entry = new TarArchiveEntry("pax", TarConstants.LF_PAX_EXTENDED_HEADER_LC);
    entry.setSize(bytes.length);
    out.putArchiveEntry(entry);
    out.write(bytes);
    out.closeArchiveEntry();
  }

  private static void put(TarArchiveOutputStream out, String name, byte[] content)
      throws IOException {
    var entry = new TarArchiveEntry(name);
    entry.setSize(content.length);
    out.putArchiveEntry(entry);
    out.write(content);
    out.closeArchiveEntry();
  }

  /** The same with another byte, and the first header's checksum made right again. */
  private static byte[] with(byte[] tar, int at, byte value) {
    byte[] changed = tar.clone();
    changed[at] = value;
    Arrays.fill(changed, 148, 156, (byte) ' ');
    int sum = 0;
    for (int i = 0; i < 512; i++) {
      sum += changed[i] & 0xff;
    }
    byte[] written = "%06o\0 ".formatted(sum).getBytes(ISO_8859_1);
    System.arraycopy(written, 0, changed, 148, written.length);
    return changed;
  }
}
