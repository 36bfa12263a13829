package dev.floe.gate.adapter.process;

import dev.floe.gate.adapter.process.Attempt.End;
import dev.floe.gate.adapter.process.Isolation.Bubblewrap;
import dev.floe.gate.adapter.process.Isolation.NamespaceTools;
import dev.floe.gate.adapter.process.Isolation.Namespaces;
import dev.floe.gate.adapter.process.Isolation.Namespaces.Owner;
import dev.floe.gate.adapter.process.Isolation.Unconfined;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the best isolation that works here, by running a gate in each and looking at what it saw.
 */
final class IsolationProbe {

  private static final Logger LOG = LoggerFactory.getLogger(IsolationProbe.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Passes only if the folder looks empty, the host is read-only and the own folder is not. */
  private static final String CHECK =
      "[ ! -e \"$1/key\" ] && : >\"$2/probe\""
          + " && { ! (: >\"$3\") 2>&- || { rm -f \"$3\"; exit 1; }; }";

  private final Launcher launcher;
  private final PrivateFolders folders;

  IsolationProbe(Launcher launcher, PrivateFolders folders) {
    this.launcher = launcher;
    this.folders = folders;
  }

  Isolation best(Map<String, String> runners) {
    for (Isolation candidate : candidates(runners.getOrDefault("PATH", ""))) {
      if (works(candidate)) {
        LOG.info("gates run isolated by {}", candidate.label());
        return candidate;
      }
    }
    LOG.warn("gates run without isolation: this host allows neither bubblewrap nor namespaces");
    return new Unconfined();
  }

  /** What could work by the programs that are here, the best first. */
  static List<Isolation> candidates(String path) {
    List<Isolation> candidates = new ArrayList<>();
    Optional<Path> sh = Programs.tool("sh", path);
    Optional<Path> env = Programs.tool("env", path);
    if (sh.isEmpty() || env.isEmpty()) {
      return candidates;
    }
    Programs.tool("bwrap", path)
        .ifPresent(bwrap -> candidates.add(new Bubblewrap(sh.get(), env.get(), bwrap)));
    Optional<Path> unshare = Programs.tool("unshare", path);
    Optional<Path> setpriv = Programs.tool("setpriv", path);
    if (unshare.isPresent() && setpriv.isPresent()) {
      NamespaceTools tools = new NamespaceTools(sh.get(), env.get(), unshare.get(), setpriv.get());
      owners().forEach(owner -> candidates.add(new Namespaces(tools, owner)));
    }
    return candidates;
  }

  private static List<Owner> owners() {
    try {
      Path self = Path.of("/proc/self");
      int user = (Integer) Files.getAttribute(self, "unix:uid");
      int group = (Integer) Files.getAttribute(self, "unix:gid");
      return user == 0
          ? List.of(new Owner.MappedRoot(), new Owner.Root())
          : List.of(new Owner.Mapped(user, group));
    } catch (IOException | UnsupportedOperationException _) {
      return List.of();
    }
  }

  /** An interrupt waits: a runner must not take a host for open because it was stopped once. */
  boolean works(Isolation candidate) {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return tried(candidate);
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
    } catch (IOException e) {
      LOG.debug("{} does not work here", candidate.label(), e);
      return false;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private boolean tried(Isolation candidate) throws IOException, InterruptedException {
    Path control = folders.create();
    Path secret = folders.create();
    try {
      Files.writeString(secret.resolve("key"), "hidden");
      return passes(candidate, control, secret);
    } finally {
      PrivateFolders.remove(control);
      PrivateFolders.remove(secret);
    }
  }

  private boolean passes(Isolation candidate, Path control, Path secret)
      throws IOException, InterruptedException {
    Path own = control.resolve("own");
    Path work = own.resolve("work");
    Cell cell =
        new Cell(
            control,
            work,
            Mount.plan(List.of(folders.root(), secret), List.of(), own, work),
            true,
            Set.of());
    List<String> command =
        List.of(
            "/bin/sh",
            "-c",
            CHECK,
            "floe",
            secret.toString(),
            work.toString(),
            "/var/tmp/floe-probe");
    Attempt attempt =
        new GateProcess(launcher, candidate)
            .run("probe", command, Map.of(), PATIENCE, cell, new SecretFinder(List.of()));
    LOG.debug("{}: {} {}", candidate.label(), attempt.end(), attempt.output().tail());
    return attempt.end() instanceof End.Exited(int code) && code == 0;
  }
}
