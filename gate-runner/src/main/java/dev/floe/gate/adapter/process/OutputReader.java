package dev.floe.gate.adapter.process;

import dev.floe.gate.adapter.process.OutputCapture.Captured;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Drains what a gate prints, on a thread of its own, from a named pipe. Unlike the pipe that Java
 * gives a process, this one can be left at any time, even while somebody holds its other end open.
 */
final class OutputReader implements AutoCloseable {

  private static final int BUFFER = 64 * 1024;

  private final FileChannel keeper;
  private final FileChannel pipe;
  private final OutputCapture capture;
  private final FutureTask<Captured> reading = new FutureTask<>(this::read);

  /** Both ends are opened here, so nothing waits for a gate that never starts. */
  OutputReader(Path namedPipe, OutputCapture capture) throws IOException {
    this.capture = capture;
    keeper = FileChannel.open(namedPipe, StandardOpenOption.READ, StandardOpenOption.WRITE);
    pipe = FileChannel.open(namedPipe, StandardOpenOption.READ);
  }

  /** Begins to read; from now on the end is where the last process closes the pipe. */
  void start(String gate) throws IOException {
    keeper.close();
    // A platform thread: closing the channel can wake it up, which it cannot do to a virtual one.
    Thread.ofPlatform().name("gate-output-" + gate).daemon().start(reading);
  }

  private Captured read() throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    try {
      for (int read = pipe.read(buffer); read >= 0; read = pipe.read(buffer)) {
        capture.count(read);
        capture.accept(buffer.flip());
      }
    } catch (ClosedChannelException _) {
      // The gate is over; whoever still holds the pipe is no longer listened to.
    }
    return capture.finish(buffer.flip());
  }

  /** All that was printed; after the patience ends, all that was printed until then. */
  Captured captured(Duration patience) throws InterruptedException, IOException {
    try {
      return reading.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      pipe.close();
    } catch (ExecutionException e) {
      throw failed(e);
    }
    try {
      return reading.get();
    } catch (ExecutionException e) {
      throw failed(e);
    }
  }

  private static IOException failed(ExecutionException e) {
    return new IOException("could not read the gate's output: " + e.getCause(), e);
  }

  @Override
  public void close() throws IOException {
    keeper.close();
    pipe.close();
  }
}
