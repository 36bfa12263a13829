package dev.floe.cli.picture;

import dev.floe.cli.document.Doc;

/** What is said to whoever decided about an approval. */
public final class DecisionPicture {

  private DecisionPicture() {}

  /**
   * What the decision did.
   *
   * @param word approve or deny
   * @param repeated whether the same person had said the same before
   */
  public static String said(String word, Doc approval, boolean repeated) {
    String done = word.equals("approve") ? "approved" : "denied";
    String what =
        "%s → %s (%s)"
            .formatted(approval.text("version"), approval.text("to"), approval.text("id"));
    return repeated
        ? "You had already %s %s; nothing changed.".formatted(done, what)
        : "%s %s".formatted(Words.capital(done), what);
  }

  /** What became of the promotion after its approval was complete. */
  public static String afterwards(Doc approval) {
    String at = Times.second(approval, "promotionUpdatedAt");
    return switch (approval.text("promotionState")) {
      case "awaiting_approval", "approved" -> "The promotion has not continued yet.";
      case "executing", "verifying" -> "The promotion continued and is in progress.";
      case "succeeded" -> "The promotion continued and succeeded at %s.".formatted(at);
      case "expired" -> "The approval expired at %s before it was used.".formatted(at);
      case "" -> "";
      case "cancelled" -> "The promotion was cancelled at %s.".formatted(at);
      default -> "The promotion %s at %s.".formatted(approval.text("promotionState"), at);
    };
  }
}
