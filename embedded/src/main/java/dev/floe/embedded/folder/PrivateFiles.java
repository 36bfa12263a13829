package dev.floe.embedded.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Files and folders that are this user's alone, whatever the umask was. */
public final class PrivateFiles {
  private static final Set<PosixFilePermission> OWNERS =
      PosixFilePermissions.fromString("rwx------");

  private PrivateFiles() {}

  /** Makes the folder, or closes one of ours that is there. */
  public static void createFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Path parent = folder.toAbsolutePath().getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.createDirectories(folder, ownerOnly(parent, "rwx------"));
    } else if (isPosix(folder) && isMine(folder)) {
      close(folder);
    }
  }

  /** Makes an empty file, or closes the one that is there. */
  public static void create(Path file) throws IOException {
    if (Files.notExists(file)) {
      Files.createFile(file, ownerOnly(file.toAbsolutePath().getParent(), "rw-------"));
    } else if (isPosix(file)) {
      close(file);
    }
  }

  private static boolean isPosix(Path place) throws IOException {
    return Files.getFileStore(place).supportsFileAttributeView("posix");
  }

  private static FileAttribute<?>[] ownerOnly(@Nullable Path near, String permissions)
      throws IOException {
    return isPosix(near == null ? Path.of("/") : near)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean isMine(Path file) throws IOException {
    return Files.getOwner(file).equals(me());
  }

  /** Takes from others what they may; passing through stays, where a child's account needs it. */
  private static void close(Path file) throws IOException {
    Set<PosixFilePermission> kept = EnumSet.copyOf(OWNERS);
    if (Files.isDirectory(file) && System.getProperty("user.name", "").equals("root")) {
      kept.addAll(PosixFilePermissions.fromString("--x--x--x"));
    }
    Set<PosixFilePermission> found = Files.getPosixFilePermissions(file);
    if (!kept.containsAll(found)) {
      found.retainAll(kept);
      Files.setPosixFilePermissions(file, found);
    }
  }

  /** A secret that somebody else wrote or can read is none. */
  static void require(Path file) throws IOException {
    if (!isPosix(file)) {
      return;
    }
    Set<PosixFilePermission> found = Files.getPosixFilePermissions(file);
    if (!isMine(file) || !OWNERS.containsAll(found)) {
      throw new CannotStartException(
          "secret %s belongs to %s with %s; it must be yours alone: chown it to %s and chmod 600 it, if you trust what it holds"
              .formatted(
                  file,
                  Files.getOwner(file).getName(),
                  PosixFilePermissions.toString(found),
                  me().getName()));
    }
  }

  /** As the kernel has it, where it tells: an account need not have a name. */
  private static UserPrincipal me() throws IOException {
    Path self = Path.of("/proc/self");
    return Files.exists(self)
        ? Files.getOwner(self)
        : self.getFileSystem()
            .getUserPrincipalLookupService()
            .lookupPrincipalByName(System.getProperty("user.name"));
  }
}
