package dev.floe.manifest;

import java.util.Collection;

/**
 * Names as they come in from outside, and what each may look like. Every door asks here before
 * anything quotes them: bodies, paths, parameters and headers of HTTP, commands on Kafka, arguments
 * of the command line. Whether there is anything of that name is another question.
 */
public enum Name {
  ARTIFACT("artifact's name", "floe-platform", Alphabet.LOWER, 128),
  ENVIRONMENT("environment", "staging", Alphabet.WORD, 128),
  /** As it is written: perhaps with an environment's suffix, perhaps no semantic version at all. */
  VERSION("version", "v1.2.3 or v1.2.3-rc.1", Alphabet.WORD_AND_PLUS, 128),
  REGISTRY("registry", "primary", Alphabet.WORD, 128),
  GATE("gate", "policy_compliance", Alphabet.WORD, 128),
  TEAM("team", "platform-leads", Alphabet.WORD, 128),
  /** Of a promotion, an approval, a command. */
  ID("id", "req-01ARZ3NDEKTSV4RRFFQ69G5FAV", Alphabet.WORD, 128),
  PLAN("plan hash", "sha256: and 64 hexadecimal digits", Alphabet.ASCII, 128),
  IDEMPOTENCY_KEY("Idempotency-Key", "build-4711", Alphabet.ASCII_AND_SPACE, 128),
  MEDIA_TYPE("media type", "application/vnd.oci.image.manifest.v1+json", Alphabet.ASCII, 255),
  USER("user's name", "ada@acme.com", Alphabet.VISIBLE, 320),
  FILE("file's name", "manifest.yaml", Alphabet.VISIBLE, 1_024);

  private enum Alphabet {
    LOWER,
    WORD,
    WORD_AND_PLUS,
    ASCII,
    ASCII_AND_SPACE,
    VISIBLE;

    private boolean begins(int c) {
      return switch (this) {
        case LOWER, WORD, WORD_AND_PLUS -> continues(c) && ".+_-".indexOf(c) < 0;
        case ASCII, ASCII_AND_SPACE, VISIBLE -> continues(c) && c != ' ';
      };
    }

    private boolean continues(int c) {
      boolean word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || "._-".indexOf(c) >= 0;
      return switch (this) {
        case LOWER -> word;
        case WORD -> word || (c >= 'A' && c <= 'Z');
        case WORD_AND_PLUS -> word || (c >= 'A' && c <= 'Z') || c == '+';
        case ASCII -> c > ' ' && c <= '~';
        case ASCII_AND_SPACE -> c >= ' ' && c <= '~';
        case VISIBLE -> FreeText.isVisible(c);
      };
    }
  }

  private final String kind;
  private final String example;
  private final Alphabet alphabet;
  private final int longest;

  Name(String kind, String example, Alphabet alphabet, int longest) {
    this.kind = kind;
    this.example = example;
    this.alphabet = alphabet;
    this.longest = longest;
  }

  /** How many characters it has at most. */
  public int longest() {
    return longest;
  }

  /**
   * The same text.
   *
   * @throws InvalidWord when it is none of these: empty, too long, or with a character that it may
   *     not have
   */
  public String checked(String text) {
    if (text.isEmpty()) {
      throw invalid(text, 1, "it is empty");
    }
    if (text.length() > longest) {
      throw invalid(text, longest + 1, "it is longer than %d characters".formatted(longest));
    }
    for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
      int c = text.codePointAt(at);
      if (at == 0 ? !alphabet.begins(c) : !alphabet.continues(c)) {
        throw invalid(text, at + 1, "unexpected character");
      }
    }
    if (this == ARTIFACT && text.equals(Manifest.OWN_KEY)) {
      throw invalid(text, 1, "the word has a meaning of its own");
    }
    if (text.endsWith(" ") || (this == ARTIFACT && !RegistryUrl.isArtifactName(text))) {
      throw invalid(text, text.length(), "unexpected character");
    }
    return text;
  }

  /** Checks each of a few. */
  public void check(Collection<String> texts, int most) {
    if (texts.size() > most) {
      String many = "there are more than %d of them".formatted(most);
      throw invalid(texts.iterator().next(), 1, many);
    }
    for (String text : texts) {
      var _ = checked(text);
    }
  }

  /** Whether the text is one of these. */
  public boolean fits(String text) {
    try {
      var _ = checked(text);
      return true;
    } catch (InvalidWord _) {
      return false;
    }
  }

  private InvalidWord invalid(String text, int position, String why) {
    return new InvalidWord(kind, text, position, why, example);
  }
}
