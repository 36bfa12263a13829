package dev.floe.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CommandThroughputIT {

  @Test
  void measures_both_on_one_broker_with_every_command_taking_effect() throws Exception {
    String report = CommandThroughput.measure(new Plan(1, 3, 60, 20));

    assertThat(
            Pattern.compile("^\\| [^|]+( \\| [0-9.,]*[1-9][0-9.,]*){2} \\| ", Pattern.MULTILINE)
                .matcher(report)
                .results())
        .as(report)
        .hasSize(4);
  }
}
