package dev.floe.registry.adapter.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.floe.registry.application.UploadSpace;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TarFolderTest {

  @TempDir Path uploads;

  private TarFolder unpack(InputStream tar, boolean annotated) throws IOException {
    return TarFolder.unpack(
        tar, annotated, UploadSpace.in(uploads.resolve("space")), TarFolder.Limits.STANDARD);
  }

  private static InputStream tar(List<Map.Entry<String, String>> files) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
      for (Map.Entry<String, String> file : files) {
        byte[] content = file.getValue().getBytes(UTF_8);
        var entry = new TarArchiveEntry(file.getKey());
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
      }
    }
    return new ByteArrayInputStream(bytes.toByteArray());
  }

  @Test
  void the_first_entry_holds_the_annotations_where_the_sender_says_so() throws Exception {
    var files =
        List.of(
            Map.entry("annotations.json", "{\"team\":\"Größe\",\"note\":\" a\\nb \"}"),
            Map.entry("annotations.json", "a file of that name"));

    try (TarFolder folder = unpack(tar(files), true)) {
      assertThat(folder.annotations()).isEqualTo(Map.of("team", "Größe", "note", " a\nb "));
      assertThat(folder.path().resolve("annotations.json")).hasContent("a file of that name");
    }
    try (TarFolder folder = unpack(tar(files.subList(0, 1)), false)) {
      assertThat(folder.annotations()).isEmpty();
      assertThat(Files.exists(folder.path().resolve("annotations.json"))).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[]|not a JSON object",
        "{\"team\":1}|annotation team is not a text",
        "{\"team\":|not JSON",
      })
  void annotations_that_are_none_are_refused(String json, String why) {
    assertThatThrownBy(() -> unpack(tar(List.of(Map.entry("a", json), Map.entry("b", ""))), true))
        .isInstanceOf(StrictTar.Unusable.class)
        .hasMessageContaining(why);
  }

  @Test
  void annotations_alone_are_nothing_to_publish() {
    assertThatThrownBy(() -> unpack(tar(List.of(Map.entry("a", "{}"))), true))
        .isInstanceOf(StrictTar.Unusable.class)
        .hasMessage("the tar is empty");
  }
}
