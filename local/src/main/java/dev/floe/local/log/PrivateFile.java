package dev.floe.local.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.RollingFileAppender;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A log file that its owner alone can read, whatever the umask; the same after each turn. */
final class PrivateFile extends RollingFileAppender<ILoggingEvent> {

  @Override
  public void openFile(String name) throws IOException {
    var owner = PosixFilePermissions.fromString("rw-------");
    Path file = Path.of(name);
    try {
      Files.createFile(file, PosixFilePermissions.asFileAttribute(owner));
    } catch (FileAlreadyExistsException _) {
      Files.setPosixFilePermissions(file, owner);
    }
    super.openFile(name);
  }
}
