package dev.floe.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SenderKeyTest {

  private final SenderKey key = SenderKey.create();

  @Test
  void a_kept_key_signs_what_the_published_half_verifies(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("ci-key.json");
    key.save(file);

    SignedJWT token =
        SignedJWT.parse(SenderKey.read(file).sign(new JWTClaimsSet.Builder().build()));

    var published = (ECKey) JWKSet.parse(key.publicKeys()).getKeys().getFirst();
    assertThat(published.isPrivate()).isFalse();
    assertThat(token.getHeader().getKeyID()).isEqualTo(published.getKeyID());
    assertThat(token.verify(new ECDSAVerifier(published))).isTrue();
  }

  @Test
  void the_private_half_is_its_owners_alone_and_never_overwritten(@TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("ci-key.json");
    key.save(file);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThatThrownBy(() -> SenderKey.create().save(file))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void a_file_that_is_no_key_is_named_with_the_way_to_make_one(@TempDir Path folder)
      throws IOException {
    Path file = Files.writeString(folder.resolve("ci-jwks.json"), key.publicKeys());

    assertThatThrownBy(() -> SenderKey.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("new-key");
    assertThatThrownBy(() -> SenderKey.read(folder.resolve("none.json")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("new-key");
  }
}
