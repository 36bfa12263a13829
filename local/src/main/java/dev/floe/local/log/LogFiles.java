package dev.floe.local.log;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.Duration;
import ch.qos.logback.core.util.FileSize;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/**
 * The two logs of a running system, {@code floe.log} and {@code access.log} in its data folder. To
 * be opened by whoever holds the folder's lock, for two writers would tear each other's lines.
 */
public final class LogFiles implements AutoCloseable {

  /** What happens. */
  public static final String EVENTS = "floe.log";

  /** Every request over HTTP. */
  public static final String REQUESTS = "access.log";

  private static final String ACCESS_LOGGER = "floe.access";
  private static final String CONSOLE = "STDERR";
  private static final long MEGABYTE = 1024 * 1024;

  /** Together with the file that is being written: how many there are at most. */
  private static final int TURNED = 4;

  private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
  private final Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final Logger access = context.getLogger(ACCESS_LOGGER);
  private final Appender<ILoggingEvent> events;
  private final Appender<ILoggingEvent> requests;

  private LogFiles(Path folder, long size) {
    events = file(folder.resolve(EVENTS), size);
    requests = file(folder.resolve(REQUESTS), size);
  }

  /** Begins to write below {@code folder}, after what is there. */
  public static LogFiles open(Path folder) {
    return open(folder, 10 * MEGABYTE);
  }

  static LogFiles open(Path folder, long size) {
    var files = new LogFiles(folder, size);
    files.root.addAppender(files.events);
    files.access.addAppender(files.requests);
    return files;
  }

  /** Writes nothing to the console any more: nobody looks at it. */
  public void leaveConsole() {
    root.detachAppender(CONSOLE);
  }

  @Override
  public void close() {
    root.detachAppender(events);
    access.detachAppender(requests);
    events.stop();
    requests.stop();
  }

  private PrivateFile file(Path path, long size) {
    var layout = new LogLine();
    layout.setContext(context);
    layout.start();
    var encoder = new LayoutWrappingEncoder<ILoggingEvent>();
    encoder.setContext(context);
    encoder.setLayout(layout);
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.start();
    var file = new PrivateFile();
    file.setContext(context);
    file.setName(path.toString());
    file.setFile(path.toString());
    file.setEncoder(encoder);
    var turns = new FixedWindowRollingPolicy();
    turns.setContext(context);
    turns.setParent(file);
    turns.setMinIndex(1);
    turns.setMaxIndex(TURNED);
    turns.setFileNamePattern(path.toString().replace("%", "\\%") + ".%i");
    turns.start();
    var full = new SizeBasedTriggeringPolicy<ILoggingEvent>();
    full.setContext(context);
    full.setMaxFileSize(new FileSize(size));
    full.setCheckIncrement(Duration.buildByMilliseconds(100));
    full.start();
    file.setRollingPolicy(turns);
    file.setTriggeringPolicy(full);
    file.start();
    return file;
  }
}
