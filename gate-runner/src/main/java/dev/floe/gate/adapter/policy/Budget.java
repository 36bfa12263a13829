package dev.floe.gate.adapter.policy;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.values.CelByteString;
import dev.cel.runtime.CelEvaluationListener;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;

/**
 * Ends evaluations that take too long or build too much. It is asked after every part of an
 * expression; once it is used up every later part ends as well, so no {@code || true} saves a rule.
 */
final class Budget implements CelEvaluationListener {

  /** For all rules of a gate together. */
  static final Duration TIME = Duration.ofSeconds(2);

  /** Characters and elements of all that operators and functions return, together. */
  static final long SIZE = 16_000_000;

  private final long end = System.nanoTime() + TIME.toNanos();
  private long built;

  /** The evaluation has used up what it may. */
  static final class Exhausted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Exhausted(String message) {
      super(message, null, false, false);
    }
  }

  @Override
  public void callback(CelExpr part, Object value) {
    if (part.exprKind().getKind() == Kind.CALL) {
      built += size(value);
    }
    check();
  }

  /** Throws {@link Exhausted} if nothing is left. */
  void check() {
    if (built > SIZE) {
      throw new Exhausted("it builds more than %,d characters and elements".formatted(SIZE));
    }
    if (System.nanoTime() - end > 0 || Thread.currentThread().isInterrupted()) {
      throw new Exhausted("the rules take longer than %d seconds".formatted(TIME.toSeconds()));
    }
  }

  private static long size(Object value) {
    return switch (value) {
      case String text -> text.length();
      case CelByteString bytes -> bytes.size();
      case Collection<?> elements -> elements.size();
      case Map<?, ?> entries -> entries.size();
      default -> 1;
    };
  }
}
