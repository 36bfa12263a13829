package dev.floe.gate.adapter.process;

import dev.floe.gate.adapter.process.SecretFinder.Range;
import java.util.List;
import java.util.function.Consumer;

/**
 * Hides secrets in a text of any length with constant memory. The end of what it has seen is held
 * back until no secret can begin in it and go on behind it, so how the text is cut into pieces
 * changes nothing.
 */
final class Redactor {

  static final String HIDDEN = "[redacted]";

  private final SecretFinder finder;
  private final Consumer<String> to;
  private final int heldBack;
  private final int block;
  private final StringBuilder pending = new StringBuilder();

  /** Inside a secret that is longer than what is held back. */
  private boolean swallowing;

  Redactor(SecretFinder finder, Consumer<String> to) {
    this.finder = finder;
    this.to = to;
    this.heldBack = Math.max(SecretFinder.LONGEST_KEY + 1024, finder.longestLiteral() + 1);
    this.block = 4 * heldBack;
  }

  void accept(CharSequence text) {
    for (int from = 0; from < text.length(); ) {
      int taken = Math.min(text.length() - from, block - pending.length());
      pending.append(text, from, from + taken);
      from += taken;
      if (pending.length() == block) {
        process(false);
      }
    }
  }

  void finish() {
    process(true);
  }

  private void process(boolean last) {
    if (swallowing) {
      dropRestOfToken();
    }
    String text = pending.toString();
    List<Range> secrets = finder.find(text);
    int end = last ? text.length() : cut(text.length(), secrets);
    StringBuilder shown = new StringBuilder(end);
    int at = 0;
    for (Range secret : secrets) {
      if (secret.start() >= end) {
        break;
      }
      shown.append(text, at, secret.start()).append(HIDDEN);
      at = secret.end();
      swallowing = !last && at == text.length();
      end = Math.max(end, at);
    }
    shown.append(text, at, Math.max(at, end));
    to.accept(shown.toString());
    pending.delete(0, Math.max(at, end));
  }

  /** Where to cut so that no secret, and none of what gives it away, lies on both sides. */
  private int cut(int length, List<Range> secrets) {
    int cut = length - heldBack;
    for (Range secret : secrets.reversed()) {
      boolean mayGoOn = secret.end() == length && length - secret.context() < heldBack + 1024;
      boolean apart = secret.context() < cut && (secret.start() >= cut || mayGoOn);
      cut = apart ? secret.context() : cut;
    }
    return Math.max(0, cut);
  }

  private void dropRestOfToken() {
    int end = 0;
    while (end < pending.length() && !Character.isWhitespace(pending.charAt(end))) {
      end++;
    }
    swallowing = end == pending.length();
    pending.delete(0, end);
  }
}
