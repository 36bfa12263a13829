package dev.floe.oci.credentials;

import dev.floe.oci.json.Json;
import dev.floe.oci.json.JsonException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Asks a {@code docker-credential-…} program, by Docker's protocol, within a time limit. */
final class CredentialHelper {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int LONGEST_ANSWER = 1 << 20;

  private final String folder;
  private final Duration patience;

  /** Finds the programs on the PATH. */
  CredentialHelper() {
    this("", PATIENCE);
  }

  /**
   * Finds the programs in a folder.
   *
   * @param folder ends with a slash
   */
  CredentialHelper(String folder, Duration patience) {
    this.folder = folder;
    this.patience = patience;
  }

  Optional<Credentials> get(String name, String server) {
    if (!name.matches("[A-Za-z0-9_][A-Za-z0-9_.-]*")) {
      throw new CredentialsException("\"" + name + "\" is no name of a credential helper");
    }
    String program = "docker-credential-" + name;
    try {
      Process process =
          new ProcessBuilder(folder + program, "get")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        return read(program, process, server);
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw new CredentialsException("cannot run " + program + "; is it on the PATH?", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CredentialsException("interrupted while asking " + program, e);
    }
  }

  private Optional<Credentials> read(String program, Process process, String server)
      throws IOException, InterruptedException {
    // A helper that hangs keeps its pipe open: the clock must run beside the read.
    var _ =
        process
            .onExit()
            .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
            .exceptionally(
                _ -> {
                  process.destroyForcibly();
                  return process;
                });
    try (OutputStream in = process.getOutputStream()) {
      in.write(server.getBytes(StandardCharsets.UTF_8));
    } catch (IOException _) {
      // It answers without having listened.
    }
    byte[] answer;
    try (InputStream out = process.getInputStream()) {
      answer = out.readNBytes(LONGEST_ANSWER);
    }
    int exit = process.waitFor();
    String text = new String(answer, StandardCharsets.UTF_8);
    if (exit != 0) {
      if (text.contains("credentials not found")) {
        return Optional.empty();
      }
      throw new CredentialsException(program + " ended with exit code " + exit);
    }
    return Optional.of(parse(program, answer));
  }

  private static Credentials parse(String program, byte[] answer) {
    try {
      Json json = Json.read(answer);
      String user = json.text("Username").orElse("");
      String secret = json.text("Secret").orElse("");
      return user.equals("<token>")
          ? new Credentials.IdentityToken(secret)
          : new Credentials.Basic(user, secret);
    } catch (JsonException e) {
      throw new CredentialsException(program + " answered no JSON", e);
    }
  }
}
