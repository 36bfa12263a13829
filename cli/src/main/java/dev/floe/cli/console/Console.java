package dev.floe.cli.console;

import dev.floe.cli.document.Doc;
import dev.floe.cli.document.Documents;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Results to standard output, progress and warnings to standard error, in the format asked for. */
public final class Console implements AutoCloseable {

  private static final String LINE_END = "\n";

  private final CliIo io;
  private final Format format;
  private final boolean quiet;
  private final Paint outPaint;
  private final Paint errPaint;
  private final Object lock = new Object();
  private @Nullable Activity activity;

  public Console(CliIo io, Format format, boolean quiet, boolean colour) {
    this.io = io;
    this.format = format;
    this.quiet = quiet;
    this.outPaint = new Paint(colour && io.terminals().out());
    this.errPaint = new Paint(colour && io.terminals().err());
  }

  public Format format() {
    return format;
  }

  public boolean quiet() {
    return quiet;
  }

  /** The result: a picture for people, the document for programs. */
  public void result(Doc doc, Supplier<List<String>> picture) {
    switch (format) {
      case TABLE -> picture.get().forEach(this::print);
      case JSON, YAML -> document(doc);
    }
  }

  /** Exactly one document on standard output; {@link Format#TABLE} has none. */
  public void document(Doc doc) {
    switch (format) {
      case TABLE -> {}
      case JSON -> raw(Documents.json(doc));
      case YAML -> raw(Documents.yaml(doc));
    }
  }

  /** One document of a stream: a line of JSON, or a document of a YAML stream. */
  public void item(Doc doc, Supplier<List<String>> picture) {
    switch (format) {
      case TABLE -> picture.get().forEach(this::print);
      case JSON -> raw(Documents.jsonLine(doc));
      case YAML -> raw("---\n" + Documents.yaml(doc));
    }
  }

  /** A line of a result for people. */
  public void print(String line) {
    result(outPaint.line(line) + LINE_END);
  }

  /** Text that is a result as it stands, such as a script or a manifest. */
  public void raw(String text) {
    result(text + LINE_END);
  }

  /** Where somebody who prints by themselves prints results. */
  public OutputStream results() {
    return new FilterOutputStream(io.out()) {
      @Override
      public void write(byte[] bytes, int offset, int length) {
        try {
          out.write(bytes, offset, length);
          out.flush();
        } catch (IOException lost) {
          throw new OutputLost(lost);
        }
      }
    };
  }

  /**
   * A line of the picture that grows while work goes on: part of the result for people, progress
   * for everybody else.
   */
  public void told(String line) {
    if (quiet) {
      return;
    }
    if (format == Format.TABLE) {
      print(line);
    } else {
      tell(errPaint.line(line));
    }
  }

  /** Something to know beside the result. */
  public void note(String line) {
    if (!quiet) {
      tell(errPaint.line(line));
    }
  }

  /** A warning. */
  public void warn(String line) {
    note("warning: " + line);
  }

  /** Why the command ends, for people; programs find it in the document. */
  public void failed(Failure failure) {
    stopActivity();
    if (!failure.told()) {
      FailureText.lines(failure.reason()).forEach(line -> tell(errPaint.line(line)));
    }
    document(failure.document());
  }

  /** Whether people want to know how things get on: no program, and nobody who asked for quiet. */
  public boolean tellsPeople() {
    return !quiet && format == Format.TABLE;
  }

  /** Whether there is a terminal on which something can move. */
  public boolean moves() {
    return io.terminals().err();
  }

  /** What is waited for now; only a terminal shows it. */
  public void activity(String text) {
    if (quiet || !moves()) {
      return;
    }
    if (activity == null) {
      activity = new Activity(io.err(), lock, width());
    }
    activity.show(Paint.plain(text));
  }

  /** Starts a picture anew on a terminal. */
  public void clearScreen() {
    if (io.terminals().out() && format == Format.TABLE) {
      result("\u001b[H\u001b[2J");
    }
  }

  /** Says it loudly where a result does not arrive: who reads it has to know. */
  private void result(String text) {
    synchronized (lock) {
      makeRoom();
      try {
        io.out().write(text.getBytes(StandardCharsets.UTF_8));
        io.out().flush();
      } catch (IOException lost) {
        throw new OutputLost(lost);
      }
    }
  }

  private void tell(String line) {
    synchronized (lock) {
      makeRoom();
      io.err().print(line + LINE_END);
      io.err().flush();
    }
  }

  private void makeRoom() {
    if (activity != null) {
      activity.erase();
    }
  }

  private int width() {
    String columns = io.variable("COLUMNS");
    return columns.matches("[0-9]{2,4}") ? Integer.parseInt(columns) : 80;
  }

  private void stopActivity() {
    if (activity != null) {
      activity.close();
      activity = null;
    }
  }

  @Override
  public void close() {
    stopActivity();
  }
}
