package dev.floe.cli.picture;

import dev.floe.cli.document.Doc;
import java.util.List;
import java.util.StringJoiner;

/** What is said when gates stopped a promotion. */
public final class EndPicture {

  private EndPicture() {}

  /** Whether a gate's verdict ended it. */
  public static boolean byGates(Doc promotion) {
    return promotion.text("state").equals("failed")
        && promotion.docs("gates").stream().anyMatch(GatePicture::stands);
  }

  /** The closing lines. */
  public static List<String> blocked(Doc promotion) {
    return List.of("", summary(promotion));
  }

  /** {@code Promotion blocked: 1 gate failed}. */
  public static String summary(Doc promotion) {
    boolean after = count(promotion, "after", "failed") + count(promotion, "after", "errored") > 0;
    String phase = after ? "after" : "before";
    long failed = count(promotion, phase, "failed");
    long errored = count(promotion, phase, "errored");
    StringJoiner parts = new StringJoiner(", ");
    if (failed > 0) {
      parts.add(Times.count(failed, "gate") + " failed");
    }
    if (errored > 0) {
      parts.add(Times.count(errored, "gate") + " errored");
    }
    return (after ? "Post-promotion validation failed: " : "Promotion blocked: ") + parts;
  }

  private static long count(Doc promotion, String phase, String outcome) {
    return promotion.docs("gates").stream()
        .filter(gate -> gate.text("phase", "before").equals(phase))
        .filter(gate -> gate.text("outcome").equals(outcome))
        .count();
  }
}
