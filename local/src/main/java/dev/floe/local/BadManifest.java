package dev.floe.local;

import dev.floe.kernel.Refusal;
import dev.floe.manifest.Problem;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The manifest that the system was to start with is refused. */
public final class BadManifest extends RuntimeException {

  BadManifest(List<Problem> problems, List<Refusal> because) {
    super(
        Stream.concat(
                problems.stream().map(Problem::toString), because.stream().map(Refusal::message))
            .collect(Collectors.joining("\n")));
  }
}
