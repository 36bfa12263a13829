package dev.floe.http;

import dev.floe.kernel.Trouble;
import java.util.List;

/** Something that must accept work before the whole is ready. */
public interface ReadinessCheck {

  /** What it is, such as {@code promotion-service}. */
  String name();

  boolean isReady();

  /**
   * What is wrong with it, each with its fix; also what does not keep the rest of it from accepting
   * work, such as one halted artifact.
   */
  default List<Trouble> troubles() {
    return List.of();
  }
}
