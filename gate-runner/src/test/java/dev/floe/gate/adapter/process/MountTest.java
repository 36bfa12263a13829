package dev.floe.gate.adapter.process;

import static dev.floe.gate.adapter.process.Mount.Kind.HIDE_FILE;
import static dev.floe.gate.adapter.process.Mount.Kind.HIDE_FOLDER;
import static dev.floe.gate.adapter.process.Mount.Kind.PRIVATE;
import static dev.floe.gate.adapter.process.Mount.Kind.TEMPORARY;
import static dev.floe.gate.adapter.process.Mount.Kind.WORK;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MountTest {

  private Path project;
  private Path data;
  private Path key;
  private Path own;

  @BeforeEach
  void lay_out() throws IOException {
    project = Files.createTempDirectory(Path.of("/var/tmp"), "mount");
    data = Files.createDirectories(project.resolve("data"));
    key = Files.writeString(project.resolve("key"), "");
    Files.writeString(data.resolve("key"), "");
    own = data.resolve("gates/gate-1/own");
  }

  @AfterEach
  void clear() {
    PrivateFolders.remove(project);
  }

  @Test
  void a_folder_comes_before_what_lies_in_it() {
    List<Mount> mounts = Mount.plan(List.of(data, key), List.of(), own, project);

    assertThat(mounts)
        .containsExactly(
            new Mount(TEMPORARY, Path.of("/tmp")),
            new Mount(WORK, project),
            new Mount(HIDE_FOLDER, data),
            new Mount(HIDE_FILE, key),
            new Mount(PRIVATE, own));
  }

  @Test
  void what_is_hidden_already_is_not_hidden_again() {
    Path work = Path.of("/srv/work");

    List<Mount> mounts =
        Mount.plan(
            List.of(data.resolve("key"), data, project.resolve("gone"), data),
            List.of(),
            own,
            work);

    assertThat(mounts.stream().filter(m -> m.kind() == HIDE_FILE)).isEmpty();
    assertThat(mounts.stream().filter(m -> m.kind() == HIDE_FOLDER))
        .containsExactly(new Mount(HIDE_FOLDER, data));
  }

  @Test
  void what_can_be_seen_is_told_by_the_innermost_change() {
    List<Mount> mounts = Mount.plan(List.of(data), List.of(), own, data.resolve("checks"));

    assertThat(Mount.isVisible(Path.of("/usr/bin/env"), mounts)).isTrue();
    assertThat(Mount.isVisible(data.resolve("key"), mounts)).isFalse();
    assertThat(Mount.isVisible(data.resolve("checks/a"), mounts)).isTrue();
    assertThat(Mount.isVisible(Path.of("/tmp/x"), mounts)).isFalse();
  }
}
