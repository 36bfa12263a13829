package dev.floe.manifest;

/** Says what is wrong with one word, where in it, and how a right one looks. */
public final class InvalidWord extends IllegalArgumentException implements Coded {

  private static final long serialVersionUID = 1L;

  private final String kind;
  private final int position;
  private final String example;

  /**
   * Says it in one sentence, which quotes no more than the word's beginning.
   *
   * @param position of the first wrong character, counted from 1
   * @param example a word that would be right
   */
  public InvalidWord(String kind, String text, int position, String why, String example) {
    super(
        "\"%s\" is not a valid %s: %s at position %d; for example %s"
            .formatted(FreeText.quoted(text), kind, why, position, example));
    this.kind = kind;
    this.position = position;
    this.example = example;
  }

  /** The code under which the word is refused. */
  @Override
  public ProblemCode code() {
    return kind.equals("version") ? ProblemCode.INVALID_VERSION : ProblemCode.BAD_REQUEST;
  }

  public int position() {
    return position;
  }

  public String example() {
    return example;
  }
}
