package dev.floe.embedded.postgres;

import dev.floe.embedded.folder.CannotStartException;
import dev.floe.embedded.folder.TemporaryFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** PostgreSQL's programs, unpacked once per version from the class path. */
record PostgresBinaries(Path home) {
  private static final Set<PosixFilePermission> FOR_ALL =
      PosixFilePermissions.fromString("rwxr-xr-x");

  Path initdb() {
    return home.resolve("bin/initdb");
  }

  Path postgres() {
    return home.resolve("bin/postgres");
  }

  /** The unpacked programs in {@code cache}, which any number of starts may share. */
  static PostgresBinaries in(Path cache) {
    String platform = platform();
    Path home = cache.resolve("postgres-%s-%s".formatted(version(), platform));
    if (!Files.isDirectory(home)) {
      unpack("/postgres-" + platform + ".txz", home);
    }
    return new PostgresBinaries(home);
  }

  private static String platform() {
    String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    return (os.startsWith("mac") ? "darwin" : os.replace(' ', '_'))
        + "-"
        + switch (arch) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "arm_64";
          default -> arch;
        };
  }

  private static String version() {
    try (InputStream in = PostgresBinaries.class.getResourceAsStream("binaries.properties")) {
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version", "unknown");
    } catch (IOException e) {
      throw new CannotStartException("the version of PostgreSQL's programs is unreadable", e);
    }
  }

  private static void unpack(String archive, Path home) {
    try (InputStream in = PostgresBinaries.class.getResourceAsStream(archive)) {
      if (in == null) {
        throw new CannotStartException(
            "no PostgreSQL for this platform on the class path (%s); give the URL of one of your own with --postgres"
                .formatted(archive));
      }
      Files.createDirectories(home.getParent());
      // Aside and renamed: a folder of that name is complete, whoever was killed while unpacking.
      Path fresh = Files.createTempDirectory(home.getParent(), "unpacking-");
      try {
        unpack(in, fresh);
        Files.setPosixFilePermissions(fresh, FOR_ALL);
        Files.move(fresh, home);
      } catch (IOException e) {
        TemporaryFolder.delete(fresh);
        if (!Files.isDirectory(home)) {
          throw e;
        }
      }
    } catch (IOException e) {
      throw new CannotStartException(
          "PostgreSQL's programs cannot be unpacked to %s (%s)".formatted(home, e), e);
    }
  }

  private static void unpack(InputStream in, Path target) throws IOException {
    try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZCompressorInputStream(in))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
          throw new IOException("archive entry leaves its folder: " + entry.getName());
        }
        unpack(tar, entry, path);
      }
    }
  }

  private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path path)
      throws IOException {
    // The archive names files before their folders.
    Files.createDirectories(entry.isDirectory() ? path : path.getParent());
    if (entry.isDirectory()) {
      return;
    }
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
    } else if (!entry.getName().endsWith(".a")) {
      // Static libraries are for compiling against, half of the archive.
      Files.copy(tar, path);
      Files.setPosixFilePermissions(path, permissions(entry.getMode()));
    }
  }

  private static Set<PosixFilePermission> permissions(int mode) {
    Set<PosixFilePermission> permissions =
        EnumSet.of(
            PosixFilePermission.OWNER_READ,
            PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.OTHERS_READ);
    return (mode & 0100) == 0 ? permissions : FOR_ALL;
  }
}
