package dev.floe.gate.adapter.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the first process of a new namespace does before the gate's command: it builds the gate's
 * view of the file system. All it works on comes as arguments, none as text of the script.
 */
final class NamespaceScript {

  /**
   * Arguments: the control folder, the working directory, the changes, {@code --}, the command.
   * Both folders are bound onto themselves first and held open, so that they stay writable when all
   * else becomes read-only, and stay reachable when what they lie in is hidden. The shell stays the
   * first process, so the command has the usual signal handling and orphans are collected.
   */
  static final String TEXT =
      """
      set -e
      path=$PATH
      PATH=/usr/sbin:/usr/bin:/sbin:/bin:$path
      control=$1 work=$2; shift 2
      mount -n --bind "$control/own" "$control/own"
      mount -n --rbind "$work" "$work"
      exec 4<"$control/own" 5<"$work"
      dev=$control/dev
      mount -n -t tmpfs -o mode=0755,size=64k tmpfs "$dev"
      for name in null zero full random urandom tty; do
        : >"$dev/$name"
        mount -n --bind "/dev/$name" "$dev/$name"
      done
      mkdir "$dev/shm"
      mount -n -t tmpfs -o mode=1777,size=256m tmpfs "$dev/shm"
      ln -s /proc/self/fd "$dev/fd"
      ln -s /proc/self/fd/0 "$dev/stdin"
      ln -s /proc/self/fd/1 "$dev/stdout"
      ln -s /proc/self/fd/2 "$dev/stderr"
      for name in sys sysrq-trigger irq bus fs; do
        if [ -e "/proc/$name" ]; then
          mount -n --bind "/proc/$name" "/proc/$name"
          mount -n -o remount,bind,ro "/proc/$name"
        fi
      done
      while [ "$1" != -- ]; do
        what=$1 target=$2; shift 2
        case $what in
          readonly:*)
            mount -n -o "remount,bind,${what#readonly:}" "$target" 2>&3 || [ "$target" != / ] ;;
          devices) mount -n --move "$dev" /dev ;;
          HIDE_FOLDER) mount -n -t tmpfs -o mode=0755,size=64k tmpfs "$target" ;;
          HIDE_FILE) mount -n --bind /dev/null "$target" ;;
          kept:*)
            mount -n --bind "$target" "$target"
            mount -n -o "remount,bind,${what#kept:}" "$target" ;;
          TEMPORARY)
            mount -n --no-canonicalize --bind /proc/self/fd/4/shared "$target" ;;
          PRIVATE)
            mkdir -p "$target"
            mount -n --no-canonicalize --bind /proc/self/fd/4 "$target" ;;
          WORK)
            mkdir -p "$target"
            mount -n --no-canonicalize --rbind /proc/self/fd/5 "$target" ;;
        esac
      done
      shift
      cd "$work"
      echo ready >&3
      exec 3>&- 4<&- 5<&-
      PATH=$path
      set +e
      "$@"
      exit $?
      """;

  private static final Path MOUNTS = Path.of("/proc/self/mountinfo");
  private static final Pattern SPACE = Pattern.compile(" ");
  private static final Pattern COMMA = Pattern.compile(",");

  private NamespaceScript() {}

  static List<String> arguments(Cell cell) {
    List<String> words = new ArrayList<>();
    words.add(cell.control().toString());
    words.add(cell.work().toString());
    readOnly(cell.work(), words);
    words.addAll(List.of("devices", "/dev"));
    for (Mount mount : cell.mounts()) {
      String what =
          mount.kind() == Mount.Kind.READ_ONLY
              ? "kept:" + optionsAt(mount.target())
              : mount.kind().name();
      words.addAll(List.of(what, mount.target().toString()));
    }
    words.add("--");
    return words;
  }

  /** Every mount of the host, except what is replaced anyway or is the gate's to write to. */
  private static void readOnly(Path work, List<String> words) {
    for (HostMount mount : mounts()) {
      Path target = mount.target();
      boolean replaced = target.startsWith("/proc") || target.startsWith("/dev");
      if (!replaced && !target.startsWith(work) && !mount.options().contains("ro")) {
        words.addAll(List.of("readonly:" + mount.readOnly(), target.toString()));
      }
    }
  }

  /** How the mount that the path lies in is made read-only. */
  private static String optionsAt(Path path) {
    return mounts().stream()
        .filter(mount -> path.startsWith(mount.target()))
        .max(Comparator.comparingInt(mount -> mount.target().getNameCount()))
        .map(HostMount::readOnly)
        .orElse("ro");
  }

  private record HostMount(Path target, List<String> options) {

    static HostMount of(String line) {
      List<String> fields = SPACE.splitAsStream(line).toList();
      return new HostMount(
          Path.of(unescaped(fields.get(4))), COMMA.splitAsStream(fields.get(5)).toList());
    }

    /** A user namespace may not loosen what its parent had set, so it is said again. */
    String readOnly() {
      List<String> kept = new ArrayList<>(options);
      kept.retainAll(List.of("nosuid", "nodev", "noexec", "noatime", "nodiratime"));
      kept.addFirst("ro");
      return String.join(",", kept);
    }
  }

  private static List<HostMount> mounts() {
    try {
      return Files.readAllLines(MOUNTS, StandardCharsets.UTF_8).stream()
          .map(HostMount::of)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("could not read " + MOUNTS, e);
    }
  }

  /** Undoes the kernel's octal escapes of blanks and backslashes. */
  private static String unescaped(String field) {
    return Pattern.compile("\\\\([0-7]{3})")
        .matcher(field)
        .replaceAll(
            m -> {
              char c = (char) Integer.parseInt(m.group(1), 8);
              return c == '\\' ? "\\\\" : String.valueOf(c);
            });
  }
}
