package dev.floe.registry.adapter.oci;

import dev.floe.manifest.ProblemCode;
import dev.floe.manifest.RegistryUrl;
import dev.floe.oci.RegistryException;
import dev.floe.oci.Repository;
import dev.floe.oci.Tagger;
import dev.floe.oci.Tagger.Mobility;
import dev.floe.oci.Tagging;
import dev.floe.oci.copy.Copier;
import dev.floe.oci.copy.CopyReport;
import dev.floe.oci.copy.Progress;
import dev.floe.registry.application.RegistryWork;
import dev.floe.registry.domain.RegistryCommand.RecordReplication;
import dev.floe.registry.domain.RegistryCommand.RecordTagAssignment;
import dev.floe.registry.domain.RegistryEvent.ReplicationStarted;
import dev.floe.registry.domain.RegistryEvent.TagAssignmentStarted;
import dev.floe.registry.domain.RegistryTarget;
import dev.floe.registry.domain.ReplicationResult;
import dev.floe.registry.domain.Works;
import java.util.ArrayList;
import java.util.List;

/**
 * Copies byte for byte and sets tags, with the credentials that this process has for a registry.
 */
public final class OciWork implements RegistryWork {

  private static final String MOVING = "latest-";

  /** Opens an artifact's repository in a registry. */
  @FunctionalInterface
  public interface Repositories {
    Repository open(RegistryUrl url, String artifact);
  }

  private final Repositories repositories;
  private final Copier copier;

  public OciWork(Repositories repositories, Copier copier) {
    this.repositories = repositories;
    this.copier = copier;
  }

  @Override
  public RecordReplication copy(String artifact, ReplicationStarted started) {
    List<ReplicationResult> results = new ArrayList<>();
    for (RegistryTarget target : started.targets()) {
      results.add(copy(artifact, started, target));
    }
    return new RecordReplication(started.promotion(), started.intent(), started.attempt(), results);
  }

  private ReplicationResult copy(
      String artifact, ReplicationStarted started, RegistryTarget target) {
    RegistryUrl url = RegistryUrl.parse(target.url());
    String ref = url.ref(artifact, started.digest()).toString();
    try {
      Repository from = repositories.open(RegistryUrl.parse(started.source().url()), artifact);
      Repository to = repositories.open(url, artifact);
      CopyReport report = copier.copy(from, to, started.digest(), Progress.none());
      return new ReplicationResult(target.name(), ref, true, report.bytesSent(), "", "");
    } catch (RegistryException failed) {
      return new ReplicationResult(
          target.name(),
          ref,
          false,
          0,
          trouble(failed, ProblemCode.COPY_FAILED).code(),
          String.valueOf(failed.getMessage()));
    }
  }

  @Override
  public RecordTagAssignment tag(String artifact, TagAssignmentStarted started, Runnable fence) {
    String work = Works.id(started.promotion(), started.intent(), started.version().toString());
    List<String> refs = new ArrayList<>();
    try {
      for (RegistryTarget target : started.targets()) {
        RegistryUrl url = RegistryUrl.parse(target.url());
        Repository place = repositories.open(url, artifact);
        for (String tag : started.tags()) {
          fence.run();
          assign(place, tag, started);
          refs.add(url.ref(artifact, tag).toString());
        }
      }
      return new RecordTagAssignment(work, started.attempt(), true, refs, "", "");
    } catch (RegistryException failed) {
      return new RecordTagAssignment(
          work,
          started.attempt(),
          false,
          refs,
          trouble(failed, ProblemCode.TAGGING_FAILED).code(),
          String.valueOf(failed.getMessage()));
    } catch (TagTaken taken) {
      return new RecordTagAssignment(
          work,
          started.attempt(),
          false,
          refs,
          ProblemCode.IMMUTABLE_TAG.code(),
          String.valueOf(taken.getMessage()));
    }
  }

  private static void assign(Repository place, String tag, TagAssignmentStarted started)
      throws TagTaken {
    Mobility mobility = tag.startsWith(MOVING) ? Mobility.MOVING : Mobility.IMMUTABLE;
    if (Tagger.assign(place, tag, started.digest(), mobility)
        instanceof Tagging.Refused(var holds)) {
      throw new TagTaken(
          "%s:%s stands for %s and version tags never move; it was to be %s"
              .formatted(place.name(), tag, holds, started.digest()));
    }
  }

  private static ProblemCode trouble(RegistryException failed, ProblemCode otherwise) {
    return switch (failed.trouble()) {
      case UNREACHABLE, RATE_LIMITED -> ProblemCode.REGISTRY_UNREACHABLE;
      case UNAUTHORIZED, REFUSED, UNSAFE -> ProblemCode.REGISTRY_REFUSED;
      case DIGEST_MISMATCH -> ProblemCode.DIGEST_MISMATCH;
      case IMMUTABLE_TAG -> ProblemCode.IMMUTABLE_TAG;
      case NOT_FOUND, INVALID_RESPONSE -> otherwise;
    };
  }

  /** A version tag stands for another digest. */
  private static final class TagTaken extends Exception {
    TagTaken(String message) {
      super(message);
    }
  }
}
