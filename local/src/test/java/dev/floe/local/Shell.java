package dev.floe.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.floe.cli.FloeCommand;
import dev.floe.cli.console.CliIo;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** What came of one command line, in this process and with a data folder's key. */
record Shell(int exitCode, String out, String err) {

  static Shell run(Path data, String user, String... command) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var io =
        CliIo.captured(
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            Map.of("FLOE_DATA", data.toString(), "FLOE_USER", user));
    int exitCode = FloeCommand.run(Stream.of(command).toArray(String[]::new), io);
    return new Shell(exitCode, out.toString(UTF_8), err.toString(UTF_8));
  }
}
