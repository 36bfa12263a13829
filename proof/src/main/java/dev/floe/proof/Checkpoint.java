package dev.floe.proof;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The size and root of one log's tree at one moment: C2SP tlog-checkpoint.
 *
 * @param origin which log, unique: {@code <installation>/<topic>/<partition>}
 * @param extensions further lines, opaque; none is empty
 */
public record Checkpoint(String origin, long size, Hash root, List<String> extensions) {

  private static final Pattern SIZE = Pattern.compile("0|[1-9][0-9]{0,18}");

  public Checkpoint {
    extensions = List.copyOf(extensions);
    if (origin.isEmpty() || origin.contains("\n")) {
      throw new IllegalArgumentException("a checkpoint's origin is one line that is not empty");
    }
    if (size < 0) {
      throw new IllegalArgumentException("a tree has no %d leaves".formatted(size));
    }
    for (String line : extensions) {
      if (line.isEmpty() || line.contains("\n")) {
        throw new IllegalArgumentException("an extension is one line that is not empty");
      }
    }
  }

  public Checkpoint(String origin, long size, Hash root) {
    this(origin, size, root, List.of());
  }

  /** The text that is signed, each line ended. */
  public String text() {
    var text = new StringBuilder(origin + "\n" + size + "\n" + root.base64() + "\n");
    extensions.forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }

  /** This checkpoint as a signed note. */
  public String sign(NoteSigner signer) {
    return signer.sign(text());
  }

  /** What proofs are checked against. */
  public MerkleProof.Tree tree() {
    return new MerkleProof.Tree(size, root);
  }

  /**
   * The checkpoint of {@code origin} that {@code note} holds, with {@code key}'s signature.
   *
   * @throws InvalidNote when it is none, another log's, or not signed by {@code key}
   */
  public static Checkpoint verify(String note, String origin, NoteVerifier key) {
    Checkpoint found = parse(key.verify(note));
    if (!found.origin().equals(origin)) {
      throw new InvalidNote(
          "the checkpoint is of log '%s', not '%s'".formatted(found.origin(), origin));
    }
    return found;
  }

  /**
   * Reads what {@link #text} writes; says nothing of who wrote it.
   *
   * @throws InvalidNote when {@code text} is no checkpoint
   */
  public static Checkpoint parse(String text) {
    if (!text.endsWith("\n")) {
      throw new InvalidNote("the checkpoint's last line is not ended");
    }
    List<String> lines = List.of(text.substring(0, text.length() - 1).split("\n", -1));
    if (lines.size() < 3 || lines.contains("")) {
      throw new InvalidNote(
          "a checkpoint has three lines or more and no empty one: origin, size, root");
    }
    try {
      return new Checkpoint(
          lines.get(0), size(lines.get(1)), root(lines.get(2)), lines.subList(3, lines.size()));
    } catch (IllegalArgumentException unreadable) {
      throw new InvalidNote("unreadable checkpoint: " + unreadable.getMessage());
    }
  }

  private static long size(String line) {
    if (!SIZE.matcher(line).matches()) {
      throw new InvalidNote("the checkpoint's size is '%s', no decimal number".formatted(line));
    }
    return Long.parseLong(line);
  }

  private static Hash root(String line) {
    Hash root = Hash.ofBase64(line);
    if (!root.base64().equals(line)) {
      // One tree, one text: spare bits in the last digit would make several.
      throw new InvalidNote("the checkpoint's root is not in canonical base64");
    }
    return root;
  }
}
