package dev.floe.cli;

import dev.floe.cli.console.CliIo;
import dev.floe.cli.console.Terminals;
import dev.floe.cli.document.Doc;
import dev.floe.cli.document.Documents;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Runs the command in this process, at a time that stands still. */
record Cli(Map<String, String> environment, Path directory, Terminals terminals, String in) {

  static final Instant NOW = Instant.parse("2024-01-15T16:00:00Z");

  /** What came of a run. */
  record Run(int exitCode, String out, String err) {

    Doc json() {
      try {
        return Documents.parse(out);
      } catch (IOException wrong) {
        throw new UncheckedIOException(out, wrong);
      }
    }
  }

  /** A person with a token at that server. */
  static Cli at(FakeFloe floe) {
    return new Cli(
        Map.of("FLOE_URL", floe.url(), "FLOE_TOKEN", "a-token", "HOME", "/nowhere"),
        Path.of("/nowhere"),
        Terminals.NONE,
        "");
  }

  static Cli alone() {
    return new Cli(Map.of("HOME", "/nowhere"), Path.of("/nowhere"), Terminals.NONE, "");
  }

  Cli with(String variable, String value) {
    Map<String, String> more = new LinkedHashMap<>(environment);
    more.put(variable, value);
    return new Cli(more, directory, terminals, in);
  }

  Cli in(Path folder) {
    return new Cli(environment, folder, terminals, in);
  }

  Cli on(Terminals some) {
    return new Cli(environment, directory, some, in);
  }

  Cli reading(String text) {
    return new Cli(environment, directory, terminals, text);
  }

  Run run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode = run(out, err, args);
    return new Run(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  int run(OutputStream out, ByteArrayOutputStream err, String... args) {
    return FloeCommand.run(
        args,
        new CliIo(
            new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
            out,
            new PrintStream(err, true, StandardCharsets.UTF_8),
            terminals,
            environment,
            directory,
            () -> NOW));
  }
}
