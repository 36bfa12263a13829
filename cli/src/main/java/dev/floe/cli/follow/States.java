package dev.floe.cli.follow;

import dev.floe.cli.document.Doc;

/** What the state of a promotion means to somebody who follows it. */
final class States {

  private States() {}

  static boolean isFinal(Doc promotion) {
    return switch (promotion.text("state")) {
      case "succeeded",
          "failed",
          "refused",
          "denied",
          "expired",
          "withdrawn",
          "cancelled",
          "superseded" ->
          true;
      default -> false;
    };
  }

  /** People have been asked; a moment earlier the gates have passed and nobody has been yet. */
  static boolean awaitsPeople(Doc promotion) {
    return promotion.text("state").equals("awaiting_approval")
        && promotion.doc("approval").has("expiresAt");
  }

  /** Approved by people and waiting for somebody to say go. */
  static boolean isApproved(Doc promotion) {
    return promotion.text("state").equals("approved") && promotion.has("approval");
  }

  /** On its way into the environment. */
  static boolean isGoing(Doc promotion) {
    return switch (promotion.text("state")) {
      case "approved", "executing", "verifying" -> true;
      default -> false;
    };
  }
}
