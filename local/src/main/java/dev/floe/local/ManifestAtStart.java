package dev.floe.local;

import dev.floe.embedded.folder.CannotStartException;
import dev.floe.kernel.Journal;
import dev.floe.manifest.SampleManifest;
import dev.floe.messaging.Ids;
import dev.floe.promotion.application.ManifestDesk;
import dev.floe.promotion.application.ManifestDesk.Offer;
import dev.floe.promotion.application.ManifestDesk.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the manifest in force that a system is started with, and again when its file changes. */
final class ManifestAtStart {

  private static final Logger LOG = LoggerFactory.getLogger("floe.system");

  private final ManifestDesk desk;
  private final FloeSystem.Settings settings;
  private final Duration longest;

  ManifestAtStart(ManifestDesk desk, FloeSystem.Settings settings, Duration longest) {
    this.desk = desk;
    this.settings = settings;
    this.longest = longest;
  }

  /**
   * Applies the file that was given, or once the sample. One that is refused leaves the last good
   * one in force; answers what was wrong then.
   *
   * @param inForce whether there is one
   * @throws BadManifest where there is none
   */
  Optional<BadManifest> apply(boolean inForce) {
    Path file = settings.manifest();
    if (file == null && inForce) {
      return Optional.empty();
    }
    Outcome outcome = offer(file);
    if (outcome.answer().accepted()) {
      return Optional.empty();
    }
    var refused = refused(outcome);
    if (!inForce) {
      throw refused;
    }
    // The console is told by whoever started the system, on lines of their own.
    LOG.atInfo()
        .setMessage("the manifest is refused; the last good one stays in force")
        .addKeyValue("file", file)
        .addKeyValue("problems", refused.getMessage())
        .log();
    return Optional.of(refused);
  }

  /** Applies the file again after a change, and says in one line what came of it. */
  String applyChanged(Path file) {
    Outcome outcome;
    try {
      outcome = offer(file);
    } catch (CannotStartException | ManifestDesk.TooLarge unusable) {
      return unusable.getMessage() + "; the last good manifest stays in force";
    }
    return outcome.answer().accepted()
        ? "Applied %s as revision %d".formatted(file, outcome.revision())
        : "Refused %s; the last good manifest stays in force:%n%s"
            .formatted(file, refused(outcome).getMessage());
  }

  private static BadManifest refused(Outcome outcome) {
    return new BadManifest(outcome.problems(), outcome.answer().because());
  }

  private Outcome offer(@Nullable Path file) {
    try {
      String yaml = file == null ? SampleManifest.yaml(settings.port()) : Files.readString(file);
      String name = file == null ? "sample" : file.toString();
      return offer(new Offer(yaml, name, null, settings.allowEmpty()));
    } catch (IOException unreadable) {
      throw new CannotStartException(
          "the manifest %s cannot be read (%s)".formatted(file, unreadable), unreadable);
    }
  }

  /** Asks again under the same id while a busy machine takes longer than a client should wait. */
  private Outcome offer(Offer offer) {
    String id = Ids.random();
    Instant end = Instant.now().plus(longest);
    while (true) {
      try {
        return desk.apply(ManifestDesk.asked(id, settings.startedBy(), offer)).join();
      } catch (CompletionException late) {
        if (!(late.getCause() instanceof Journal.OutcomeUnknown) || Instant.now().isAfter(end)) {
          throw late;
        }
      }
    }
  }
}
