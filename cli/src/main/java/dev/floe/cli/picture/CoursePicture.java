package dev.floe.cli.picture;

import dev.floe.cli.document.Doc;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The picture of a promotion that grows line by line: fed with ever newer documents of it, it
 * answers the lines that are new.
 */
public final class CoursePicture {

  private final Set<String> seen = new HashSet<>();

  /** Begins in the middle: what was seen when it was asked for first is not told again. */
  public void join(Doc promotion) {
    seen.add("suppressed before");
    seen.add("joined");
    approvals(promotion).forEach(approval -> seen.add(key(approval)));
  }

  /** The lines that {@code promotion} has more than the document before. */
  public List<String> advance(Doc promotion) {
    List<String> lines = new ArrayList<>();
    String state = promotion.text("state");
    if (state.equals("queued") && seen.add("queued")) {
      lines.add("Waiting for the slot of %s...".formatted(promotion.text("to")));
    }
    if (state.equals("validating")) {
      // Results that were too old are made anew, before everybody's eyes.
      seen.remove("suppressed before");
    }
    gates(promotion, "before", "Running validation gates...", lines);
    granted(promotion, lines);
    if (started(promotion) && seen.add("executing")) {
      if (seen.contains("joined") && promotion.has("approval")) {
        lines.add("Approval verified");
      }
      lines.add(promoting(promotion));
    }
    registries(promotion, lines);
    gates(promotion, "after", "Running post-promotion validation...", lines);
    if (state.equals("succeeded") && seen.add("succeeded")) {
      lines.add("  ✓ Promoted to " + ref(promotion));
    }
    return lines;
  }

  /** What is worked on now, in a few words. */
  public static String activity(Doc promotion) {
    String to = promotion.text("to");
    return switch (promotion.text("state")) {
      case "queued" -> "Waiting for the slot of " + to;
      case "validating" -> running(promotion);
      case "awaiting_approval" -> "Waiting for approval";
      case "executing" -> "Copying to %s (%s)".formatted(to, Sizes.text(copied(promotion)));
      case "verifying" -> "Validating " + to;
      default -> "Promoting to " + to;
    };
  }

  private static String running(Doc promotion) {
    long ended = promotion.docs("gates").stream().filter(GatePicture::hasEnded).count();
    return promotion.docs("gates").stream()
        .filter(gate -> !GatePicture.hasEnded(gate))
        .map(gate -> "Running " + GatePicture.name(gate))
        .findFirst()
        .orElse("Running validation gates (%d done)".formatted(ended));
  }

  private void gates(Doc promotion, String phase, String title, List<String> lines) {
    List<Doc> gates =
        promotion.docs("gates").stream()
            .filter(gate -> gate.text("phase", "before").equals(phase))
            .filter(GatePicture::hasEnded)
            .toList();
    boolean suppressed = seen.contains("suppressed " + phase);
    if (!gates.isEmpty() && !suppressed && seen.add("gates " + phase)) {
      lines.add(title);
    }
    for (Doc gate : gates) {
      String key = "gate %s %s %s".formatted(phase, gate.text("name"), gate.text("startedAt"));
      if (seen.add(key) && !suppressed) {
        lines.addAll(GatePicture.lines(gate));
        String gap = gate.text("notGuaranteed");
        if (!gap.isEmpty() && seen.add("gap " + gap)) {
          lines.add("    ⚠ " + gap);
        }
      }
    }
  }

  private void granted(Doc promotion, List<String> lines) {
    for (Doc approval : approvals(promotion)) {
      if (seen.add(key(approval))) {
        lines.add("Approval granted by: " + approval.text("by"));
      }
    }
  }

  private void registries(Doc promotion, List<String> lines) {
    List<Doc> registries = promotion.docs("registries");
    if (registries.size() < 2) {
      return;
    }
    for (Doc registry : registries) {
      String state = registry.text("state");
      String name = Words.capital(registry.text("name")) + " registry";
      if (!state.equals("pending") && seen.add("registry " + registry.text("name") + state)) {
        String size = Sizes.text(registry.number("bytes"));
        lines.add(
            state.equals("copied")
                ? "  ✓ %s: pushed %s".formatted(name, size)
                : "  ⚠ %s: %s".formatted(name, registry.text("message", "failed")));
      }
    }
  }

  private static boolean started(Doc promotion) {
    return switch (promotion.text("state")) {
      case "executing", "verifying", "succeeded" -> true;
      default -> false;
    };
  }

  private static String promoting(Doc promotion) {
    String across = promotion.docs("registries").size() > 1 ? " across registries" : "";
    return "Promoting to %s%s...".formatted(promotion.text("to"), across);
  }

  /**
   * The reference people will use: the plain release tag if there is one, else the environment's.
   */
  public static String ref(Doc promotion) {
    List<String> tags = promotion.texts("tags");
    String version = ":" + promotion.text("version");
    return tags.stream()
        .filter(tag -> tag.endsWith(version))
        .findFirst()
        .or(() -> tags.stream().filter(tag -> !tag.contains(":latest-")).findFirst())
        .map(Words::ociRef)
        .orElse(promotion.text("to"));
  }

  private static long copied(Doc promotion) {
    return promotion.docs("registries").stream().mapToLong(r -> r.number("bytes")).sum();
  }

  private static List<Doc> approvals(Doc promotion) {
    return promotion.doc("approval").docs("teams").stream()
        .flatMap(team -> team.docs("approvals").stream())
        .toList();
  }

  private static String key(Doc approval) {
    return "approval " + approval.text("by") + approval.text("at");
  }
}
