package dev.floe.gate.adapter.process;

import static dev.floe.gate.adapter.process.Orders.command;
import static dev.floe.gate.adapter.process.Orders.shell;
import static dev.floe.gate.application.GateResult.Outcome.ERRORED;
import static dev.floe.gate.application.GateResult.Outcome.FAILED;
import static dev.floe.gate.application.GateResult.Outcome.PASSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.floe.gate.application.GateResult;
import dev.floe.gate.application.Guarded;
import dev.floe.gate.domain.Confinement;
import dev.floe.kernel.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("dev.floe.gate.adapter.process.Host#isolations")
@Requirement("328.2")
class IsolatedGatesTest {

  private static final String GOOD = "#!/bin/sh\necho good\n";

  private final Isolation isolation;
  @TempDir Path project;

  /** Outside /tmp, which gates never see, so that it is the hiding that is tested. */
  private Path elsewhere;

  private Path data;
  private Path key;
  private CommandGates gates;

  IsolatedGatesTest(Isolation isolation) {
    this.isolation = isolation;
  }

  @BeforeEach
  void start() throws IOException {
    elsewhere = Files.createTempDirectory(Path.of("/var/tmp"), "isolation");
    data = Files.createDirectories(elsewhere.resolve("data"));
    Files.writeString(data.resolve("service.key"), "in the folder");
    key = Files.writeString(elsewhere.resolve("signing.key"), "a file of its own");
    gates =
        new CommandGates(
            data.resolve("gates"),
            List.of(data, key, data.resolve("service.key"), elsewhere.resolve("not-there")),
            System.getenv(),
            isolation);
  }

  @AfterEach
  void stop() {
    gates.close();
    PrivateFolders.remove(elsewhere);
  }

  private void assumeConfined() {
    assumeThat(isolation.confines()).isTrue();
  }

  @Test
  void the_data_folder_and_key_files_are_hidden() {
    assumeConfined();

    GateResult result =
        gates.run(
            shell("ls -A " + data + "; cat " + key + "; cat " + data + "/service.key").order());

    assertThat(result.output())
        .doesNotContain("in the folder", "a file of its own")
        .contains("No such file");
    // What is listed is the way to the gate's own folder, nothing else.
    assertThat(result.output().lines().findFirst()).hasValue("gates");
  }

  @Test
  void hiding_cannot_be_undone_from_inside() {
    assumeConfined();

    GateResult result =
        gates.run(
            shell(
                    "umount %1$s; mount -t tmpfs x %2$s; cat /proc/1/root%1$s/service.key %1$s/service.key"
                        .formatted(data, project))
                .order());

    assertThat(result.outcome()).isEqualTo(FAILED);
    assertThat(result.output()).doesNotContain("in the folder");
  }

  @Test
  void a_working_directory_around_the_data_folder_does_not_show_it() {
    assumeConfined();

    GateResult result =
        gates.run(
            shell("echo x >written && cat data/service.key signing.key").in(elsewhere).order());

    assertThat(result.output()).doesNotContain("in the folder", "a file of its own");
    assertThat(elsewhere.resolve("written")).exists();
  }

  @Test
  void a_working_directory_inside_the_data_folder_is_shown_alone() throws IOException {
    assumeConfined();
    Path work = Files.createDirectories(data.resolve("checks"));
    Files.writeString(work.resolve("list"), "of checks\n");

    GateResult result = gates.run(shell("cat list; ls ..").in(work).order());

    assertThat(result.output()).isEqualTo("of checks\nchecks\ngates");
  }

  @Test
  void the_host_is_read_only_and_the_hint_says_where_to_write() {
    assumeConfined();

    GateResult result = gates.run(shell(": >" + elsewhere + "/new").order());

    assertThat(result.outcome()).isEqualTo(FAILED);
    assertThat(result.hint()).contains("working_directory");
    assertThat(elsewhere.resolve("new")).doesNotExist();
  }

  @Test
  void files_that_a_manifest_names_are_hidden_by_whatever_path_they_are_reached()
      throws IOException {
    assumeConfined();
    Path secret = Files.writeString(elsewhere.resolve("other.secret"), "of another gate");
    Path link = Files.createSymbolicLink(elsewhere.resolve("link"), secret);
    var guarded = new Guarded(Set.of(link), List.of());
    String reads =
        """
        cat %1$s; cat %2$s; cat %3$s/sub/../other.secret; cat other.secret; cat ./link
        ln %1$s again && cat again; ln -s %1$s soft; cat soft; cp %1$s copy; cat copy
        mv %1$s moved; cat moved; echo "own $OWN" | tr 42 53
        """
            .formatted(secret, link, elsewhere);

    GateResult result =
        gates.run(shell(reads).with(Map.of("OWN", "4242")).in(elsewhere).guarding(guarded).order());

    assertThat(result.output()).doesNotContain("of another gate").contains("own 5353");
    assertThat(secret).hasContent("of another gate");
  }

  @Test
  void passwords_of_docker_and_podman_are_hidden() throws IOException {
    assumeConfined();
    Path docker = Files.createDirectories(elsewhere.resolve("docker"));
    Path home = Files.createDirectories(elsewhere.resolve("home/.config/containers"));
    Path podman = Files.writeString(home.resolve("auth.json"), "podman's");
    Path config = Files.writeString(docker.resolve("config.json"), "docker's");
    Map<String, String> runners = new HashMap<>(System.getenv());
    runners.put("DOCKER_CONFIG", docker.toString());
    runners.put("HOME", elsewhere.resolve("home").toString());
    try (var others = new CommandGates(data.resolve("others"), List.of(data), runners, isolation)) {
      GateResult result =
          others.run(shell("cat %s %s; echo done".formatted(config, podman)).order());

      assertThat(result.output()).doesNotContain("podman's", "docker's").endsWith("done");
    }
  }

  @Test
  void what_another_gate_executes_cannot_be_changed_from_a_folder_that_both_may_write_to()
      throws IOException {
    assumeConfined();
    Path script = executable("check.sh");
    Path inner = Files.createDirectories(elsewhere.resolve("bin/deep"));
    Path nested = executable("bin/deep/nested.sh");
    Path sourced = executable("sourced");
    var guarded =
        new Guarded(
            Set.of(),
            List.of(
                new Guarded.Command(List.of("./check.sh"), elsewhere),
                new Guarded.Command(List.of("./bin/deep/nested.sh", "x"), elsewhere),
                new Guarded.Command(List.of("sh", "-e", "sourced"), elsewhere)));
    String attack =
        "for f in check.sh bin/deep/nested.sh sourced; do echo evil >$f; rm -f $f; mv $f away; mv"
            + " other $f; done; mv bin bin2; mv bin/deep bin/deep2; rm -rf bin; : >mine; echo"
            + " tried";
    Files.writeString(elsewhere.resolve("other"), "evil");

    GateResult result = gates.run(shell(attack).in(elsewhere).guarding(guarded).order());

    assertThat(result.output()).endsWith("tried");
    assertThat(List.of(script, nested, sourced))
        .allSatisfy(one -> assertThat(one).hasContent(GOOD));
    assertThat(inner).isDirectory();
    assertThat(elsewhere.resolve("mine")).exists();
    GateResult run = gates.run(command("./check.sh").in(elsewhere).guarding(guarded).order());
    assertThat(run.output()).isEqualTo("good");
  }

  @Test
  void a_secret_with_a_second_name_is_told_of_and_enough_to_refuse_where_isolation_is_required()
      throws IOException {
    assumeConfined();
    Path secret = Files.writeString(elsewhere.resolve("other.secret"), "of another gate");
    Files.createLink(elsewhere.resolve("second"), secret);
    var guarded = new Guarded(Set.of(secret), List.of());

    assertThat(gates.confinement(guarded).notGuaranteed()).contains("hard link", secret.toString());
    assertThat(gates.run(shell("true").isolatedOnly().guarding(guarded).order()))
        .returns(ERRORED, GateResult::outcome)
        .returns("no isolation", GateResult::reason);
    assertThat(gates.run(shell("true").guarding(guarded).order()).outcome()).isEqualTo(PASSED);
  }

  @Test
  void a_link_that_gates_are_executed_by_is_told_of() throws IOException {
    assumeConfined();
    Files.createSymbolicLink(elsewhere.resolve("tool"), Path.of("/bin/true"));
    var guarded = new Guarded(Set.of(), List.of(new Guarded.Command(List.of("./tool"), elsewhere)));

    assertThat(gates.confinement(guarded).notGuaranteed())
        .contains(elsewhere.resolve("tool").toString());
    assertThat(gates.run(command("./tool").in(elsewhere).guarding(guarded).order()).outcome())
        .isEqualTo(PASSED);
  }

  private Path executable(String name) throws IOException {
    Path script = Files.writeString(elsewhere.resolve(name), GOOD);
    assertThat(script.toFile().setExecutable(true)).isTrue();
    return script;
  }

  @Test
  void processes_of_the_host_are_out_of_sight() {
    assumeConfined();

    GateResult result =
        gates.run(shell("ls -d /proc/[0-9]* | wc -l; grep CapEff /proc/self/status").order());

    assertThat(Integer.parseInt(result.output().lines().findFirst().orElseThrow().strip()))
        .isLessThan(8);
    assertThat(result.output()).endsWith("0000000000000000");
  }

  @Test
  void a_command_in_a_hidden_place_errors_and_says_so() throws IOException {
    assumeConfined();
    Path script = Files.copy(Path.of("/bin/true"), data.resolve("check"));

    assertThat(gates.run(command(script.toString()).order()))
        .returns(ERRORED, GateResult::outcome)
        .extracting(GateResult::message)
        .asString()
        .contains("hidden");
  }

  @Test
  void a_gate_without_network_has_none() {
    assumeConfined();

    GateResult result = gates.run(shell("cut -d: -f1 -s /proc/net/dev").withoutNetwork().order());

    assertThat(result.output().strip()).isEqualTo("lo");
  }

  @Test
  void two_gates_at_once_have_homes_of_their_own_and_do_not_see_each_others() throws Exception {
    String wait = "until [ -s %s ]; do sleep 0.02; done; ";
    String first = "echo mine >\"$HOME/f\"; echo \"$HOME\" >one; " + wait.formatted("two");
    String second =
        wait.formatted("one")
            + "[ \"$HOME\" != \"$(cat one)\" ]; r=$?; cat \"$(cat one)/f\"; echo x >two; exit $r";
    FutureTask<GateResult> one =
        new FutureTask<>(() -> gates.run(shell(first).in(project).order()));
    Thread.ofVirtual().start(one);

    GateResult two = gates.run(shell(second).in(project).order());

    assertThat(one.get().outcome()).isEqualTo(PASSED);
    assertThat(two.outcome()).isEqualTo(PASSED);
    if (isolation.confines()) {
      assertThat(two.output()).contains("No such file").doesNotContain("mine");
    }
  }

  @Test
  void where_no_isolation_is_possible_a_gate_that_needs_it_errors() {
    assumeThat(isolation.confines()).isFalse();

    assertThat(gates.confinement(Guarded.NOTHING))
        .returns("none", Confinement::isolation)
        .extracting(Confinement::notGuaranteed)
        .asString()
        .contains("key files", "docker's configuration", "data folder");
    assertThat(gates.run(shell("true").isolatedOnly().order()))
        .returns(ERRORED, GateResult::outcome)
        .returns("no isolation", GateResult::reason);
    assertThat(gates.run(shell("true").withoutNetwork().order()))
        .returns(ERRORED, GateResult::outcome)
        .returns("no isolation", GateResult::reason);
  }

  @Test
  void where_isolation_is_possible_requiring_it_changes_nothing() {
    assumeConfined();

    assertThat(gates.run(shell("true").isolatedOnly().order()).outcome()).isEqualTo(PASSED);
  }
}
