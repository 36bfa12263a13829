package dev.floe.embedded.folder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** TCP ports on 127.0.0.1: whether one is free, and who has it when not. */
public final class LoopbackPort {
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final int LOCAL_ADDRESS = 1;
  private static final int STATE = 3;
  private static final int INODE = 9;
  private static final String LISTENING = "0A";

  private LoopbackPort() {}

  public static int free() {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(LOOPBACK, 0));
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new CannotStartException("no free port on 127.0.0.1 (" + e + ")", e);
    }
  }

  public static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      // A port whose last connections still linger may be listened on again.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(LOOPBACK, port));
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  public static void requireFree(int port, String purpose) {
    if (!isFree(port)) {
      throw new CannotStartException(
          "port %d for %s is held by %s; stop that process or choose another port"
              .formatted(port, purpose, holder(port)));
    }
  }

  /** Process id and command of who listens there, as far as this user may see it. */
  public static String holder(int port) {
    return pidInProc(port)
        .or(() -> pidByLsof(port))
        .map(LoopbackPort::describe)
        .orElse("a process this user cannot see");
  }

  private static String describe(long pid) {
    String command =
        ProcessHandle.of(pid)
            .flatMap(process -> process.info().command())
            .orElse("unknown command");
    return pid == ProcessHandle.current().pid()
        ? "this process (" + pid + ", " + command + ")"
        : "process " + pid + " (" + command + ")";
  }

  private static Optional<Long> pidInProc(int port) {
    List<String> sockets =
        Stream.of("/proc/net/tcp", "/proc/net/tcp6")
            .flatMap(table -> listeningInodes(Path.of(table), port).stream())
            .map(inode -> "socket:[" + inode + "]")
            .toList();
    return sockets.isEmpty()
        ? Optional.empty()
        : ProcessHandle.allProcesses()
            .map(ProcessHandle::pid)
            .filter(pid -> holdsAny(pid, sockets))
            .findFirst();
  }

  private static List<String> listeningInodes(Path table, int port) {
    String suffix = ":%04X".formatted(port);
    try (Stream<String> lines = Files.lines(table)) {
      return lines
          .map(line -> line.strip().split("\\s+", -1))
          .filter(field -> field.length > INODE)
          .filter(field -> field[STATE].equals(LISTENING) && field[LOCAL_ADDRESS].endsWith(suffix))
          .map(field -> field[INODE])
          .toList();
    } catch (IOException | UncheckedIOException _) {
      return List.of();
    }
  }

  private static boolean holdsAny(long pid, List<String> sockets) {
    try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
      return open.anyMatch(link -> sockets.contains(target(link)));
    } catch (IOException | UncheckedIOException _) {
      return false;
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException _) {
      return "";
    }
  }

  private static Optional<Long> pidByLsof(int port) {
    try {
      Process lsof =
          new ProcessBuilder("lsof", "-nP", "-t", "-iTCP:" + port, "-sTCP:LISTEN")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (var out = lsof.inputReader()) {
        Optional<Long> pid = out.lines().findFirst().map(String::strip).map(Long::valueOf);
        if (!lsof.waitFor(2, TimeUnit.SECONDS)) {
          lsof.destroyForcibly();
        }
        return pid;
      }
    } catch (IOException _) {
      return Optional.empty();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
