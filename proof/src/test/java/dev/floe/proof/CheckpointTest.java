package dev.floe.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.floe.kernel.Requirement;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@Requirement("330.7")
class CheckpointTest {

  private static final String ORIGIN = "floe.example.com/floe.promotion.events/0";

  // The published example of Go's note package, whose format C2SP signed-note writes down.
  private static final String KNOWN_SECRET =
      "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
  private static final String KNOWN_KEY =
      "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
  private static final String KNOWN_TEXT =
      """
      If you think cryptography is the answer to your problem,
      then you don't know what your problem is.
      """;
  private static final String KNOWN_NOTE =
      KNOWN_TEXT
          + """

          — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
          """;

  private final NoteSigner ours = NoteSigner.generate("floe.example.com", new SecureRandom());
  private final NoteSigner theirs = NoteSigner.generate("witness.example.com", new SecureRandom());
  private final Checkpoint checkpoint =
      new Checkpoint(
          ORIGIN, 20852163, Hash.sha256("root".getBytes(java.nio.charset.StandardCharsets.UTF_8)));

  @Test
  void comes_back_from_its_note_as_it_was() {
    String note = checkpoint.sign(ours);
    assertThat(Checkpoint.verify(note, ORIGIN, ours.verifier())).isEqualTo(checkpoint);
  }

  @Test
  void is_written_as_tlog_checkpoint_says() {
    assertThat(new Checkpoint(ORIGIN, 0, MerkleTree.EMPTY_ROOT, List.of("more", "and more")).text())
        .isEqualTo(
            """
            floe.example.com/floe.promotion.events/0
            0
            47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=
            more
            and more
            """);
  }

  @Test
  void keeps_its_extensions() {
    var extended = new Checkpoint(ORIGIN, 3, MerkleTree.EMPTY_ROOT, List.of("offset 17"));
    assertThat(Checkpoint.verify(extended.sign(ours), ORIGIN, ours.verifier())).isEqualTo(extended);
  }

  @Test
  void of_another_log_is_refused() {
    String note = checkpoint.sign(ours);
    assertThatExceptionOfType(InvalidNote.class)
        .isThrownBy(() -> Checkpoint.verify(note, "floe.example.com/other/0", ours.verifier()))
        .withMessage(
            "the checkpoint is of log '%s', not 'floe.example.com/other/0'".formatted(ORIGIN));
  }

  @Test
  void with_any_character_of_its_text_changed_is_refused() {
    String note = checkpoint.sign(ours);
    int end = checkpoint.text().length();
    for (int i = 0; i < end - 1; i++) {
      String changed = note.substring(0, i) + (char) (note.charAt(i) ^ 1) + note.substring(i + 1);
      assertThatExceptionOfType(InvalidNote.class)
          .as("character %d", i)
          .isThrownBy(() -> Checkpoint.verify(changed, ORIGIN, ours.verifier()));
    }
  }

  @Test
  void that_only_another_signed_is_refused() {
    String note = checkpoint.sign(theirs);
    assertThatExceptionOfType(InvalidNote.class)
        .isThrownBy(() -> Checkpoint.verify(note, ORIGIN, ours.verifier()))
        .withMessage("the note carries no signature of " + ours.verifier());
  }

  @Test
  void that_another_signed_under_our_name_is_refused() {
    var pretender = NoteSigner.generate(ours.name(), new SecureRandom());
    String note = checkpoint.sign(pretender);
    assertThatExceptionOfType(InvalidNote.class)
        .isThrownBy(() -> Checkpoint.verify(note, ORIGIN, ours.verifier()));
  }

  @Test
  void that_a_witness_signed_too_is_accepted() {
    String countersignature = checkpoint.sign(theirs).substring(checkpoint.text().length() + 1);
    String note = checkpoint.sign(ours) + countersignature;
    assertThat(Checkpoint.verify(note, ORIGIN, ours.verifier())).isEqualTo(checkpoint);
    assertThat(Checkpoint.verify(note, ORIGIN, theirs.verifier())).isEqualTo(checkpoint);
  }

  @Test
  void that_is_malformed_is_refused() {
    for (String text :
        List.of(
            "a\n1\n",
            "a\n01\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
            "a\n-1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
            "a\n9999999999999999999\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
            "a\n1\n47DEQpj8HBSa\n",
            "a\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=\n",
            "a\n1\nnot base64\n",
            "a\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n",
            "a\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")) {
      assertThatExceptionOfType(InvalidNote.class)
          .as(text)
          .isThrownBy(() -> Checkpoint.parse(text));
    }
  }

  @Test
  void cannot_be_made_from_what_does_not_fit_its_lines() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Checkpoint("two\nlines", 1, MerkleTree.EMPTY_ROOT));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Checkpoint("", 1, MerkleTree.EMPTY_ROOT));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Checkpoint(ORIGIN, -1, MerkleTree.EMPTY_ROOT));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Checkpoint(ORIGIN, 1, MerkleTree.EMPTY_ROOT, List.of("")));
  }

  @Nested
  class A_note {

    @Test
    void that_others_published_verifies_and_is_signed_the_same_way() {
      assertThat(NoteVerifier.of(KNOWN_KEY).verify(KNOWN_NOTE)).isEqualTo(KNOWN_TEXT);
      assertThat(NoteSigner.ofSecret(KNOWN_SECRET).sign(KNOWN_TEXT)).isEqualTo(KNOWN_NOTE);
    }

    @Test
    void that_is_malformed_is_refused() {
      NoteVerifier key = NoteVerifier.of(KNOWN_KEY);
      for (String note :
          List.of(
              "",
              KNOWN_TEXT,
              KNOWN_TEXT + "\n",
              KNOWN_NOTE.stripTrailing(),
              KNOWN_NOTE.replace("— ", "- "),
              KNOWN_NOTE.replace("x08go", "x08g"),
              KNOWN_NOTE.replace("x08go", "!"),
              KNOWN_TEXT + "\n— PeterNeumann x08gow==\n",
              KNOWN_NOTE.replace("think", "th\tink"),
              KNOWN_NOTE + "nonsense\n",
              KNOWN_NOTE + KNOWN_NOTE.substring(KNOWN_TEXT.length() + 1).repeat(100))) {
        assertThatExceptionOfType(InvalidNote.class).as(note).isThrownBy(() -> key.verify(note));
      }
    }
  }

  @Nested
  class A_key {

    @Test
    void comes_back_from_its_text() {
      NoteSigner signer = NoteSigner.ofSecret(KNOWN_SECRET);
      assertThat(signer.secret()).isEqualTo(KNOWN_SECRET);
      assertThat(signer.verifier().toString()).isEqualTo(KNOWN_KEY);
      assertThat(NoteVerifier.of(KNOWN_KEY + "\n").toString()).isEqualTo(KNOWN_KEY);
    }

    @Test
    void never_shows_its_secret_by_accident() {
      assertThat(NoteSigner.ofSecret(KNOWN_SECRET).toString()).isEqualTo(KNOWN_KEY);
    }

    @Test
    void whose_hash_does_not_fit_is_refused() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> NoteVerifier.of(KNOWN_KEY.replace("c74f20a3", "c74f20a4")))
          .withMessage("verifier key 'PeterNeumann' says its hash is c74f20a4, it is c74f20a3");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> NoteVerifier.of(KNOWN_KEY.replace("Peter", "Paul")));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> NoteSigner.ofSecret(KNOWN_SECRET.replace("c74f20a3", "c74f20a4")));
    }

    @Test
    void of_another_form_is_refused() {
      for (String key : List.of("", "name", "name+00000000", "name+00000000+", "a+00000000+AgA=")) {
        assertThatIllegalArgumentException().as(key).isThrownBy(() -> NoteVerifier.of(key));
        assertThatIllegalArgumentException()
            .as(key)
            .isThrownBy(() -> NoteSigner.ofSecret("PRIVATE+KEY+" + key));
      }
      assertThatIllegalArgumentException().isThrownBy(() -> NoteSigner.ofSecret(KNOWN_KEY));
      for (String name : List.of("", "a b", "a+b", "a\u2003b")) {
        assertThatIllegalArgumentException()
            .as(name)
            .isThrownBy(() -> NoteSigner.generate(name, new SecureRandom()));
      }
    }
  }
}
