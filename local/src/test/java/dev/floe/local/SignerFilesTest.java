package dev.floe.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.manifest.Auth.CommandSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The keys of command signers, in files that operators replace. */
class SignerFilesTest {

  private static final String JWKS =
      """
      {"keys":[{"kty":"EC","crv":"P-256","kid":"1","alg":"ES256",
        "x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
        "y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]}
      """;

  @TempDir private Path folder;

  @Test
  void keys_are_read_again_when_their_file_changes_and_not_before() throws IOException {
    Path file = folder.resolve("ci.json");
    var signers = new SignerFiles(() -> List.of(signer("ci", file)));
    assertThat(signers.get()).as("no file yet").isEmpty();

    write(file, JWKS, 1_000);
    var first = signers.get();
    assertThat(first).hasSize(1);
    assertThat(signers.get().getFirst()).isSameAs(first.getFirst());

    write(file, "{", 2_000);
    assertThat(signers.get()).as("what cannot be read is no key").isEmpty();

    write(file, JWKS, 3_000);
    assertThat(signers.get()).hasSize(1);
  }

  @Test
  void one_unusable_file_leaves_the_others_their_keys() throws IOException {
    Path good = folder.resolve("good.json");
    write(good, JWKS, 1_000);
    var signers =
        new SignerFiles(
            () -> List.of(signer("gone", folder.resolve("gone.json")), signer("ci", good)));

    assertThat(signers.get()).hasSize(1);
  }

  private static CommandSigner signer(String name, Path file) {
    return new CommandSigner(name, "file:" + file, List.of(), List.of());
  }

  private static void write(Path file, String text, long modified) throws IOException {
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.fromMillis(modified));
  }
}
