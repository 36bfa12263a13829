package dev.floe.cli.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.floe.cli.console.CliIo;
import dev.floe.cli.console.Console;
import dev.floe.cli.console.Failure;
import dev.floe.cli.console.Format;
import dev.floe.manifest.ProblemCode;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutageTest {

  private final Failure away =
      Failure.of(ProblemCode.SERVICE_UNREACHABLE, "nothing listens at http://h", "");

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Console console =
      new Console(
          CliIo.captured(
              OutputStream.nullOutputStream(),
              new PrintStream(err, true, StandardCharsets.UTF_8),
              Map.of()),
          Format.TABLE,
          false,
          false);

  private String told() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void is_told_at_once_and_once_and_so_is_its_end() {
    var outage = new Outage(console, Duration.ofSeconds(30));
    outage.over();

    outage.lost(away);
    outage.lost(away);
    outage.over();
    outage.over();

    assertThat(told())
        .isEqualTo(
            """
            warning: nothing listens at http://h; trying again for 30 s
            The server answers again.
            """);
  }

  @Test
  void does_not_last_for_ever() {
    var outage = new Outage(console, Duration.ZERO);
    outage.over();
    outage.lost(away);

    assertThatThrownBy(() -> outage.lost(away)).isSameAs(away);
  }

  @Test
  void is_none_where_nobody_was_there_or_the_server_refuses() {
    var refused = Failure.of(ProblemCode.NOT_AUTHORISED, "no", "");
    var outage = new Outage(console, Duration.ofSeconds(30));

    assertThatThrownBy(() -> outage.lost(away)).isSameAs(away);
    outage.over();
    assertThatThrownBy(() -> outage.lost(refused)).isSameAs(refused);
    assertThat(told()).isEmpty();
  }
}
