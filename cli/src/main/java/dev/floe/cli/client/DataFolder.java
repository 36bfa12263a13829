package dev.floe.cli.client;

import dev.floe.cli.console.CliIo;
import dev.floe.cli.console.Failure;
import dev.floe.cli.document.Doc;
import dev.floe.cli.document.Documents;
import dev.floe.manifest.ProblemCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;

/**
 * The folder of a {@code floe up}: where it listens, and the key that people's tokens are signed
 * with.
 *
 * @param named whether somebody named it, rather than taking the usual one
 */
public record DataFolder(Path path, boolean named) {

  private static final int KEY_BYTES = 32;

  /** {@code --data}, else {@code FLOE_DATA}, else {@code ~/.local/share/floe}. */
  public static DataFolder of(String option, CliIo io) {
    String named = option.isEmpty() ? io.variable("FLOE_DATA") : option;
    return named.isEmpty()
        ? new DataFolder(io.home().resolve(".local/share/floe"), false)
        : new DataFolder(io.path(named), true);
  }

  /** What {@code floe.json} says, if there is one. */
  public Optional<Doc> running() {
    Path file = path.resolve("floe.json");
    try {
      return Optional.of(Documents.parse(Files.readString(file)));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException failed) {
      throw Failure.of(
          ProblemCode.UNEXPECTED,
          "cannot read %s: %s".formatted(file, Trouble.with(failed)),
          "Check that the file is yours, or start floe up again, which writes it anew.");
    }
  }

  Path keyFile() {
    return path.resolve("identity.key");
  }

  /** Whether tokens can be minted. */
  public boolean hasKey() {
    return Files.exists(keyFile());
  }

  /** The key that people's tokens are signed with. */
  byte[] key() {
    try {
      String text = Files.readString(keyFile()).strip().replace('+', '-').replace('/', '_');
      byte[] key = Base64.getUrlDecoder().decode(text);
      if (key.length >= KEY_BYTES) {
        return key;
      }
      throw unusable("it holds %d bytes and needs %d".formatted(key.length, KEY_BYTES));
    } catch (IOException failed) {
      throw unusable(Trouble.with(failed));
    } catch (IllegalArgumentException _) {
      throw unusable("it is not base64");
    }
  }

  private Failure unusable(String why) {
    return Failure.of(
        ProblemCode.NOT_AUTHENTICATED,
        "cannot use key file %s: %s".formatted(keyFile(), why),
        "Run as the user who started floe up, or give a token with --token or FLOE_TOKEN.");
  }
}
