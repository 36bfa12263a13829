package dev.floe.gate.adapter.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A way to keep a gate's processes away from the host and from each other. */
sealed interface Isolation {

  /** Its name in GateStarted. */
  String label();

  /** Whether the gate is confined at all. */
  boolean confines();

  /** The words that start the command in its cell. */
  List<String> wrap(Cell cell, List<String> command);

  /** None: an ordinary process, ended with its descendants. */
  record Unconfined() implements Isolation {

    @Override
    public String label() {
      return "none";
    }

    @Override
    public boolean confines() {
      return false;
    }

    @Override
    public List<String> wrap(Cell cell, List<String> command) {
      return command;
    }
  }

  /** bubblewrap, which does it all. */
  record Bubblewrap(Path sh, Path env, Path bwrap) implements Isolation {

    /** Says that bubblewrap has done its part, then becomes the command. */
    private static final String START = "echo ready >&3; exec 3>&-; exec \"$@\"";

    @Override
    public String label() {
      return "bubblewrap";
    }

    @Override
    public boolean confines() {
      return true;
    }

    @Override
    public List<String> wrap(Cell cell, List<String> command) {
      List<String> words = new ArrayList<>(withMarker(sh, cell));
      words.add(bwrap.toString());
      words.addAll(
          List.of("--unshare-user-try", "--unshare-pid", "--unshare-ipc", "--unshare-uts"));
      words.addAll(List.of("--unshare-cgroup-try", "--die-with-parent", "--new-session"));
      words.addAll(List.of("--cap-drop", "ALL"));
      if (!cell.network()) {
        words.add("--unshare-net");
      }
      words.addAll(List.of("--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc"));
      for (Mount mount : cell.mounts()) {
        String target = mount.target().toString();
        words.addAll(
            switch (mount.kind()) {
              case HIDE_FOLDER -> List.of("--tmpfs", target);
              case HIDE_FILE -> List.of("--ro-bind", "/dev/null", target);
              case READ_ONLY -> List.of("--ro-bind", target, target);
              case TEMPORARY, PRIVATE, WORK ->
                  List.of("--bind", cell.source(mount).toString(), target);
            });
      }
      words.addAll(List.of("--chdir", cell.work().toString(), "--"));
      words.addAll(List.of(sh.toString(), "-c", START, "floe"));
      words.addAll(withoutShellVariables(env, cell));
      words.addAll(command);
      return words;
    }
  }

  /** Opens the marker as descriptor 3; the words to come follow the ones given. */
  static List<String> withMarker(Path sh, Cell cell) {
    String open = "exec 3>\"$1\"; shift; exec \"$@\"";
    return List.of(sh.toString(), "-c", open, "floe", cell.marker().toString());
  }

  /** Takes away what shells put into the environment on their own. */
  static List<String> withoutShellVariables(Path env, Cell cell) {
    List<String> words = new ArrayList<>(List.of(env.toString()));
    for (String name : List.of("PWD", "OLDPWD", "SHLVL", "_")) {
      if (!cell.variables().contains(name)) {
        words.addAll(List.of("-u", name));
      }
    }
    words.add("--");
    return words;
  }

  /** The kernel's namespaces, by util-linux alone. */
  record Namespaces(NamespaceTools tools, Owner owner) implements Isolation {

    /** Who the gate runs as. */
    sealed interface Owner {

      /** The runner is root and may make namespaces itself. */
      record Root() implements Owner {}

      /** The runner's user is root in a user namespace of the gate's own. */
      record MappedRoot() implements Owner {}

      /** An ordinary user, who is itself again once the mounts are done. */
      record Mapped(int user, int group) implements Owner {}
    }

    @Override
    public String label() {
      return "namespaces";
    }

    @Override
    public boolean confines() {
      return true;
    }

    @Override
    public List<String> wrap(Cell cell, List<String> command) {
      List<String> words = new ArrayList<>(withMarker(tools.sh(), cell));
      words.addAll(List.of(tools.setpriv().toString(), "--pdeathsig", "KILL", "--"));
      words.addAll(List.of(tools.unshare().toString(), "--mount", "--ipc", "--uts", "--pid"));
      words.addAll(List.of("--fork", "--kill-child=SIGKILL", "--mount-proc"));
      if (!(owner instanceof Owner.Root)) {
        words.addAll(List.of("--user", "--map-root-user"));
      }
      if (!cell.network()) {
        words.add("--net");
      }
      words.addAll(List.of("--", tools.sh().toString(), "-c", NamespaceScript.TEXT, "floe"));
      words.addAll(NamespaceScript.arguments(cell));
      if (owner instanceof Owner.Mapped(int user, int group)) {
        words.addAll(List.of(tools.unshare().toString(), "--user"));
        words.addAll(List.of("--map-user=" + user, "--map-group=" + group, "--"));
      }
      words.addAll(List.of(tools.setpriv().toString(), "--no-new-privs"));
      words.addAll(List.of("--bounding-set", "-all", "--inh-caps", "-all", "--"));
      words.addAll(withoutShellVariables(tools.env(), cell));
      words.addAll(command);
      return words;
    }
  }

  /** The programs of util-linux and the system that {@link Namespaces} is made of. */
  record NamespaceTools(Path sh, Path env, Path unshare, Path setpriv) {}
}
