package dev.floe.benchmarks.copying;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.floe.oci.testing.DockerRegistry;
import org.junit.jupiter.api.Test;

class CopySpeedIT {

  @Test
  void measures_both_with_every_artifact_arriving_and_counts_what_a_second_copy_asks()
      throws Exception {
    assumeTrue(DockerRegistry.isInstalled() && Skopeo.isInstalled());

    String report = CopySpeed.measure(new CopyPlan(1, 1 << 20, 8, 4));

    // Beside two for each artifact, the registry is asked now and then whether it lists referrers.
    assertThat(report)
        .contains("| 1 MiB in 8 layers, s | ")
        .containsPattern(
            "\\| the same again, requests each \\| 2\\.\\d\\d \\+ 1.00 for the tag \\| ");
    assertThat(report.lines().filter(line -> line.startsWith("| "))).as(report).hasSize(10);
  }
}
