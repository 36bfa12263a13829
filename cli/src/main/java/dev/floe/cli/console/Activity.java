package dev.floe.cli.console;

import java.io.PrintStream;
import java.util.Locale;

/** One line at the foot of a terminal that moves while something is waited for. */
final class Activity implements AutoCloseable {

  private static final String[] FRAMES = {"⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"};
  private static final long FRAME_MILLIS = 100;
  private static final String CLEAR = "\r\u001b[K";

  private final PrintStream err;
  private final Object lock;
  private final int width;
  private String text = "";
  private int frame;
  private boolean closed;

  /** Draws under {@code lock}, which whoever prints other lines holds as well. */
  Activity(PrintStream err, Object lock, int width) {
    this.err = err;
    this.lock = lock;
    this.width = width;
    Thread.ofVirtual().name("activity").start(this::run);
  }

  void show(String what) {
    synchronized (lock) {
      text = what;
      draw();
    }
  }

  /** Makes room for a line; the caller holds the lock. */
  void erase() {
    if (!text.isEmpty()) {
      err.print(CLEAR);
      err.flush();
    }
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(FRAME_MILLIS);
        synchronized (lock) {
          if (closed) {
            return;
          }
          frame++;
          draw();
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void draw() {
    if (!text.isEmpty() && !closed) {
      String line = String.format(Locale.ROOT, "%s %s", FRAMES[frame % FRAMES.length], text);
      err.print(CLEAR + line.substring(0, Math.min(line.length(), width - 1)));
      err.flush();
    }
  }

  @Override
  public void close() {
    synchronized (lock) {
      if (!closed) {
        erase();
        closed = true;
      }
    }
  }
}
