package dev.floe.embedded.postgres;

import dev.floe.embedded.folder.CannotStartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** As whom PostgreSQL's programs run, since they refuse to run as root. */
sealed interface RunAs {
  /** The command to start so that {@code command} runs as this account. */
  List<String> command(List<String> command);

  /** Gives the files below {@code tree} to this account. */
  void own(Path tree) throws IOException;

  /** Whoever started this process, who is not root. */
  record Myself() implements RunAs {
    @Override
    public List<String> command(List<String> command) {
      return command;
    }

    @Override
    public void own(Path tree) {}
  }

  /** An account without privileges, for a root whose folders that account can reach. */
  record Account(String name, int uid, int gid) implements RunAs {
    @Override
    public List<String> command(List<String> command) {
      return prefixed(
          command, "setpriv", "--reuid=" + uid, "--regid=" + gid, "--clear-groups", "--");
    }

    @Override
    public void own(Path tree) throws IOException {
      give(tree, uid, gid);
    }
  }

  /**
   * A user namespace without any mapping: root's files without root's capabilities, for a root
   * whose folders nobody else can reach.
   */
  record UserNamespace() implements RunAs {
    @Override
    public List<String> command(List<String> command) {
      return prefixed(command, "unshare", "--user", "--");
    }

    @Override
    public void own(Path tree) throws IOException {
      give(tree, 0, 0);
    }
  }

  /** Chooses for a folder and the programs it needs, and opens the folder as far as that takes. */
  static RunAs choose(Path folder, Path program) throws IOException {
    if (!ProcessHandle.current().info().user().orElse("").equals("root")) {
      return new Myself();
    }
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    Optional<Account> account = Stream.of("postgres", "nobody").flatMap(RunAs::account).findFirst();
    if (account.isPresent() && reaches(account.get(), folder, program)) {
      return account.get();
    }
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    RunAs namespace = new UserNamespace();
    if (reaches(namespace, folder, program)) {
      return namespace;
    }
    throw new CannotStartException(
        "PostgreSQL refuses to run as root, no account without privileges reaches %s, and user namespaces are off; start as an ordinary user, choose a data folder below a readable one, or give --postgres URL"
            .formatted(folder));
  }

  private static Stream<Account> account(String name) {
    try (Stream<String> lines = Files.lines(Path.of("/etc/passwd"))) {
      return lines
          .map(line -> line.split(":", -1))
          .filter(field -> field.length > 3 && field[0].equals(name))
          .map(field -> new Account(name, Integer.parseInt(field[2]), Integer.parseInt(field[3])))
          .toList()
          .stream();
    } catch (IOException _) {
      return Stream.empty();
    }
  }

  private static boolean reaches(RunAs account, Path folder, Path program) {
    List<String> test =
        List.of("sh", "-c", "test -x \"$1\" && test -x \"$2\"", "sh", "" + folder, "" + program);
    try {
      return new ProcessBuilder(account.command(test))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static List<String> prefixed(List<String> command, String... prefix) {
    List<String> all = new ArrayList<>(List.of(prefix));
    all.addAll(command);
    return all;
  }

  private static void give(Path tree, int uid, int gid) throws IOException {
    if (Files.getAttribute(tree, "unix:uid").equals(uid)) {
      return;
    }
    try (Stream<Path> files = Files.walk(tree)) {
      // The root of the tree last: it tells a later start whether all of it was given.
      for (Path file : files.toList().reversed()) {
        Files.setAttribute(file, "unix:gid", gid);
        Files.setAttribute(file, "unix:uid", uid);
      }
    }
  }
}
