package dev.floe.local;

import dev.floe.access.SignerKeys;
import dev.floe.manifest.Auth.CommandSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The signers that the manifest in force names, with the keys that their files hold. It is asked
 * for each command, so a file is read again only when it has changed.
 */
final class SignerFiles implements Supplier<List<SignerKeys>> {

  private static final Logger LOG = LoggerFactory.getLogger(SignerFiles.class);

  /** What a file held when it was {@code modified}; 0 where there is none. */
  private record Seen(long modified, Optional<SignerKeys> keys) {}

  private final Supplier<List<CommandSigner>> named;
  private final Map<CommandSigner, Seen> seen = new ConcurrentHashMap<>();

  /**
   * The keys of some signers.
   *
   * @param named the signers, as the manifest in force names them
   */
  SignerFiles(Supplier<List<CommandSigner>> named) {
    this.named = named;
  }

  @Override
  public List<SignerKeys> get() {
    List<SignerKeys> keys = new ArrayList<>();
    named.get().forEach(signer -> keys(signer).ifPresent(keys::add));
    return keys;
  }

  private Optional<SignerKeys> keys(CommandSigner signer) {
    Path file = file(signer);
    long modified = file.toFile().lastModified();
    Seen last = seen.get(signer);
    if (last == null || last.modified() != modified) {
      last = new Seen(modified, read(signer, file));
      seen.put(signer, last);
    }
    return last.keys();
  }

  private static Path file(CommandSigner signer) {
    String place = signer.jwks();
    return Path.of(place.startsWith("file:") ? place.substring(5) : place);
  }

  private static Optional<SignerKeys> read(CommandSigner signer, Path file) {
    try {
      return Optional.of(SignerKeys.of(signer, Files.readString(file)));
    } catch (IOException | IllegalArgumentException unusable) {
      LOG.atWarn()
          .setMessage("a signer's keys cannot be used: its commands are refused")
          .addKeyValue("signer", signer.name())
          .addKeyValue("file", file)
          .addKeyValue("cause", unusable.toString())
          .log();
      return Optional.empty();
    }
  }
}
