package dev.floe.gate.adapter.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** One change to what a confined gate sees of the file system. */
record Mount(Kind kind, Path target) {

  /** What is put in the target's place. */
  enum Kind {
    /** A folder shows as an empty one. */
    HIDE_FOLDER,
    /** A file shows as an empty one. */
    HIDE_FILE,
    /** What is there cannot be changed. */
    READ_ONLY,
    /** The gate's private folder for temporary files. */
    TEMPORARY,
    /** The gate's private folder. */
    PRIVATE,
    /** The working directory, writable. */
    WORK
  }

  private static final Path SHARED_TEMPORARY = Path.of("/tmp");

  /**
   * In the order in which they have to be done: a folder before what lies in it, so that the more
   * special one wins, and hiding before showing.
   */
  static List<Mount> plan(
      Collection<Path> hidden, Collection<Path> readOnly, Path privateFolder, Path work) {
    List<Mount> wanted = new ArrayList<>();
    for (Path path : hidden) {
      boolean isFolder = Files.isDirectory(path);
      if (isFolder || Files.exists(path)) {
        wanted.add(new Mount(isFolder ? Kind.HIDE_FOLDER : Kind.HIDE_FILE, path));
      }
    }
    readOnly.forEach(path -> wanted.add(new Mount(Kind.READ_ONLY, path)));
    wanted.add(new Mount(Kind.TEMPORARY, SHARED_TEMPORARY));
    wanted.add(new Mount(Kind.PRIVATE, privateFolder));
    wanted.add(new Mount(Kind.WORK, work));
    wanted.sort(
        Comparator.comparingInt((Mount mount) -> mount.target().getNameCount())
            .thenComparing(Mount::kind));
    List<Mount> mounts = new ArrayList<>();
    for (Mount mount : wanted) {
      // What lies in something hidden is hidden with it, and has no place left to mount on.
      if (mount.shows() || isVisible(mount.target(), mounts)) {
        mounts.add(mount);
      }
    }
    return List.copyOf(mounts);
  }

  /** Whether what stands at the target afterwards is the host's own. */
  private boolean shows() {
    return kind == Kind.TEMPORARY || kind == Kind.PRIVATE || kind == Kind.WORK;
  }

  /** Whether a file of the host can be seen when all these are done. */
  static boolean isVisible(Path file, List<Mount> mounts) {
    boolean visible = true;
    for (Mount mount : mounts) {
      if (file.startsWith(mount.target())) {
        visible =
            mount.kind() == Kind.WORK
                || mount.kind() == Kind.PRIVATE
                || mount.kind() == Kind.READ_ONLY;
      }
    }
    return visible;
  }
}
