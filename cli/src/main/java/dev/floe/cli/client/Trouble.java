package dev.floe.cli.client;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why a file of this machine cannot be used, in words; the JDK's often hold its path alone. */
public final class Trouble {

  private Trouble() {}

  public static String with(IOException failed) {
    return switch (failed) {
      case NoSuchFileException _ -> "there is no such file";
      case AccessDeniedException _ -> "permission denied";
      case FileSystemException of when of.getReason() != null -> of.getReason();
      default -> String.valueOf(failed.getMessage());
    };
  }
}
