package dev.floe.gate.adapter.process;

import dev.floe.gate.adapter.process.Attempt.End;
import dev.floe.gate.application.GateExecution;
import dev.floe.gate.application.GateOrder;
import dev.floe.gate.application.GateResult;
import dev.floe.gate.application.GateResult.Outcome;
import dev.floe.gate.application.Guarded;
import dev.floe.gate.domain.Confinement;
import dev.floe.manifest.Gate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs command gates as processes on this host, confined as well as it allows. */
public final class CommandGates implements GateExecution, AutoCloseable {

  private static final String UNCONFINED =
      "This host allows no isolation: the gate can read what the gate runner's user can read (key"
          + " files, registry credentials, docker's configuration, the data folder) and change what"
          + " that user can change, other gates' scripts included.";

  private final Launcher launcher = new Launcher();
  private final PrivateFolders folders;
  private final Protection protection;
  private final GateEnvironment environment;
  private final Supplier<Isolation> isolation;

  /**
   * @param folder where gates get their private folders; belongs to this runner alone
   * @param hidden folders and files that no gate may see: the data folder, key files
   * @param runners the runner's own environment, of which PATH and LANG are passed on
   */
  public CommandGates(Path folder, Collection<Path> hidden, Map<String, String> runners) {
    this.folders = new PrivateFolders(folder);
    this.protection = new Protection(folders.root(), hidden, runners);
    this.environment = new GateEnvironment(runners);
    this.isolation = new Once<>(() -> new IsolationProbe(launcher, folders).best(runners));
    folders.sweep();
  }

  /** With an isolation that was chosen elsewhere. */
  CommandGates(
      Path folder, Collection<Path> hidden, Map<String, String> runners, Isolation isolation) {
    this.folders = new PrivateFolders(folder);
    this.protection = new Protection(folders.root(), hidden, runners);
    this.environment = new GateEnvironment(runners);
    this.isolation = () -> isolation;
    folders.sweep();
  }

  @Override
  public Confinement confinement(Guarded guarded) {
    Isolation chosen = isolation.get();
    return new Confinement(
        chosen.label(), chosen.confines() ? protection.gaps(guarded) : UNCONFINED);
  }

  @Override
  public GateResult run(GateOrder order) {
    long started = System.nanoTime();
    try {
      return attempts(order);
    } catch (GateTrouble e) {
      return GateResult.errored(since(started), e.reason(), e.sentence(), e.hint());
    } catch (IOException | IllegalArgumentException e) {
      return GateResult.errored(
          since(started),
          "could not start",
          "The command could not be started: %s".formatted(e.getMessage()),
          "Check the gate's command and env in the manifest, and free space and processes on the"
              + " gate runner's host.");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return GateResult.errored(
          since(started),
          "stopped",
          "The gate was stopped before it ended, with every process it had started.",
          "Promote again to run it again.");
    }
  }

  private GateResult attempts(GateOrder order)
      throws GateTrouble, IOException, InterruptedException {
    Isolation chosen = isolation.get();
    checkPossible(order, chosen);
    Duration total = Duration.ZERO;
    for (int number = 1; ; number++) {
      Attempt attempt = attempt(order, chosen);
      total = total.plus(attempt.duration());
      Verdict verdict = Verdict.of(order, attempt);
      if (verdict.outcome() != Outcome.FAILED || number > order.retries()) {
        return verdict.result(exitCode(attempt), total, attempt.output(), number);
      }
    }
  }

  private static @Nullable Integer exitCode(Attempt attempt) {
    return attempt.end() instanceof End.Exited(int code) ? code : null;
  }

  private void checkPossible(GateOrder order, Isolation chosen) throws GateTrouble {
    String remedy =
        "Install bubblewrap on the gate runner's host or allow user namespaces there (see"
            + " docs/gates.md)";
    if (order.requireIsolation() && !chosen.confines()) {
      throw new GateTrouble(
          "no isolation",
          "gates.require_isolation is true, but this host allows neither bubblewrap nor"
              + " namespaces.",
          remedy + ", or set gates.require_isolation to false.");
    }
    String gaps = order.requireIsolation() ? protection.gaps(order.guarded()) : "";
    if (!gaps.isEmpty()) {
      throw new GateTrouble(
          "no isolation",
          "gates.require_isolation is true, and the isolation has a gap. " + gaps,
          "Close it, or set gates.require_isolation to false.");
    }
    if (order.network() == Gate.Network.NONE && !chosen.confines()) {
      throw new GateTrouble(
          "no isolation",
          "The gate is to run without network, but this host allows neither bubblewrap nor"
              + " namespaces.",
          remedy + ", or remove network: none.");
    }
    if (order.command().isEmpty()) {
      throw new GateTrouble(
          "no command",
          "The gate %s has no command to run.".formatted(order.gate()),
          "Add a command to the gate in the manifest.");
    }
  }

  private Attempt attempt(GateOrder order, Isolation chosen)
      throws GateTrouble, IOException, InterruptedException {
    Path control = folders.create();
    try {
      Path work = workingDirectory(order, control, chosen);
      Path own = control.resolve("own");
      Map<String, String> variables =
          environment.of(order, own.resolve("home"), own.resolve("tmp"));
      Cell cell =
          new Cell(
              control,
              work,
              Mount.plan(
                  protection.hidden(order.guarded()),
                  Scripts.below(work, order.guarded()),
                  own,
                  work),
              order.network() == Gate.Network.HOST,
              variables.keySet());
      List<String> words = new ArrayList<>(new Placeholders(order.subject()).fill(order.command()));
      words.set(0, program(words.getFirst(), variables, cell, chosen).toString());
      var secrets = new SecretFinder(order.environment().values());
      return new GateProcess(launcher, chosen)
          .run(order.gate(), words, variables, order.timeout(), cell, secrets);
    } finally {
      PrivateFolders.remove(control);
    }
  }

  private static Path workingDirectory(GateOrder order, Path control, Isolation chosen)
      throws GateTrouble, IOException {
    Path asked = order.workingDirectory();
    if (asked == null) {
      return control.resolve("own").resolve("work");
    }
    if (!Files.isDirectory(asked)) {
      throw new GateTrouble(
          "no working directory",
          "The gate's working_directory %s is not a folder on the gate runner's host."
              .formatted(asked),
          "Create it, or correct working_directory in the manifest.");
    }
    Path work = asked.toRealPath();
    if (chosen.confines() && work.getNameCount() == 0) {
      throw new GateTrouble(
          "no working directory",
          "The gate's working_directory is /, which would open the whole host to it.",
          "Name the folder that the gate needs.");
    }
    return work;
  }

  private static Path program(
      String word, Map<String, String> variables, Cell cell, Isolation chosen)
      throws GateTrouble, IOException {
    Path program = Programs.resolve(word, cell.work(), variables.getOrDefault("PATH", ""));
    if (chosen.confines() && !(cell.sees(program) && cell.sees(program.toRealPath()))) {
      throw new GateTrouble(
          "command not found",
          "The command %s is hidden from gates by their isolation.".formatted(program),
          "Move it out of /tmp and the data folder, or make its folder the gate's"
              + " working_directory.");
    }
    return program;
  }

  private static Duration since(long started) {
    return Duration.ofNanos(System.nanoTime() - started);
  }

  @Override
  public void close() {
    launcher.close();
  }
}
