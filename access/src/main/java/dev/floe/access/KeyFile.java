package dev.floe.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;

/** A secret of 32 bytes or more, kept as base64 in a file that its owner alone can read. */
public final class KeyFile {

  private static final int LENGTH = 32;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.of(
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_EXECUTE);
  private static final Set<PosixFilePermission> GROUP_AND_OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.GROUP_EXECUTE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.OTHERS_EXECUTE);

  private KeyFile() {}

  /** A key file that cannot be used; the message names it and the fix. */
  public static final class Unusable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Unusable(String message) {
      super(message);
    }

    Unusable(String message, IOException cause) {
      super(message, cause);
    }
  }

  /** The secret in {@code file}, drawn from {@code random} if there is no such file. */
  public static byte[] openOrCreate(Path file, SecureRandom random) {
    if (Files.notExists(file)) {
      create(file, random);
    }
    requireOwnersFolder(file);
    return read(file, GROUP_AND_OTHERS, "chmod 600 " + file);
  }

  /**
   * The secret in a file that is mounted: a group may read it, as in Kubernetes, others may not.
   */
  public static byte[] read(Path file) {
    return read(
        file, OTHERS, "chmod o-rwx %s, or defaultMode 0440 of a mounted secret".formatted(file));
  }

  /** Whoever else could put the file there knows what is in it. */
  private static void requireOwnersFolder(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    try {
      UserPrincipal owner = Files.getOwner(file);
      if (!owner.equals(Files.getOwner(folder))) {
        throw new Unusable(
            "key file %s belongs to %s, its folder to %s: chown it, if you trust what it holds, or delete it"
                .formatted(file, owner.getName(), Files.getOwner(folder).getName()));
      }
    } catch (IOException failed) {
      throw new Unusable("cannot read key file %s: %s".formatted(file, failed), failed);
    }
  }

  private static void create(Path file, SecureRandom random) {
    byte[] secret = new byte[LENGTH];
    random.nextBytes(secret);
    FileAttribute<Set<PosixFilePermission>> mode = PosixFilePermissions.asFileAttribute(OWNER_ONLY);
    Path folder = file.toAbsolutePath().getParent();
    try {
      Path draft = Files.createTempFile(folder, "." + file.getFileName(), ".new", mode);
      try {
        Files.writeString(
            draft, Base64.getUrlEncoder().withoutPadding().encodeToString(secret) + "\n");
        // A link appears whole or not at all, and never replaces what another process was first
        // with.
        Files.createLink(file, draft);
      } finally {
        Files.delete(draft);
      }
    } catch (FileAlreadyExistsException _) {
      // Another process was first: its key counts.
    } catch (IOException failed) {
      throw new Unusable(
          "cannot create key file %s: %s; check that the folder exists and is yours"
              .formatted(file, failed),
          failed);
    }
  }

  private static byte[] read(Path file, Set<PosixFilePermission> forbidden, String fix) {
    try {
      Set<PosixFilePermission> found = Files.getPosixFilePermissions(file);
      if (found.stream().anyMatch(forbidden::contains)) {
        throw new Unusable(
            "key file %s can be used by others (%s): %s"
                .formatted(file, PosixFilePermissions.toString(found), fix));
      }
      return decode(file, Files.readString(file, StandardCharsets.UTF_8).strip());
    } catch (NoSuchFileException missing) {
      throw new Unusable(
          "key file %s does not exist: create it with openssl rand -base64 32".formatted(file),
          missing);
    } catch (IOException failed) {
      throw new Unusable("cannot read key file %s: %s".formatted(file, failed), failed);
    }
  }

  private static byte[] decode(Path file, String text) {
    byte[] secret;
    try {
      secret = Base64.getUrlDecoder().decode(text.replace('+', '-').replace('/', '_'));
    } catch (IllegalArgumentException _) {
      throw new Unusable(
          "key file %s is not base64: create one with openssl rand -base64 32".formatted(file));
    }
    if (secret.length < LENGTH) {
      throw new Unusable(
          "key file %s holds %d bytes, it needs %d: create one with openssl rand -base64 32"
              .formatted(file, secret.length, LENGTH));
    }
    return secret;
  }
}
