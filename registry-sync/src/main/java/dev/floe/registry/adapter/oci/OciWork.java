package dev.floe.registry.adapter.oci;

import dev.floe.manifest.Digest;
import dev.floe.manifest.ProblemCode;
import dev.floe.manifest.RegistryUrl;
import dev.floe.oci.RegistryException;
import dev.floe.oci.Repository;
import dev.floe.oci.copy.Copier;
import dev.floe.oci.copy.Progress;
import dev.floe.oci.copy.Together;
import dev.floe.oci.credentials.CredentialsException;
import dev.floe.registry.application.CopyTally;
import dev.floe.registry.application.CopyWatch;
import dev.floe.registry.application.PromotionCopies;
import dev.floe.registry.application.RegistryWork;
import dev.floe.registry.domain.RegistryCommand.RecordCatchUp;
import dev.floe.registry.domain.RegistryCommand.RecordReplication;
import dev.floe.registry.domain.RegistryCommand.RecordTagAssignment;
import dev.floe.registry.domain.RegistryEvent.CatchUpStarted;
import dev.floe.registry.domain.RegistryEvent.ReplicationStarted;
import dev.floe.registry.domain.RegistryEvent.TagAssignmentStarted;
import dev.floe.registry.domain.RegistryTarget;
import dev.floe.registry.domain.ReplicationResult;
import dev.floe.registry.domain.TagTrouble;
import dev.floe.registry.domain.Works;
import dev.floe.registry.domain.Works.CatchingUp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Copies byte for byte and sets tags, with the credentials that this process has for a registry.
 */
public final class OciWork implements RegistryWork {

  /** Opens an artifact's repository in a registry. */
  @FunctionalInterface
  public interface Repositories {
    Repository open(RegistryUrl url, String artifact);
  }

  private final Repositories repositories;
  private final Copier copier;
  private final Attestor attestor;
  private final CopyWatch watch;

  public OciWork(Repositories repositories, Copier copier, Attestor attestor, CopyWatch watch) {
    this.repositories = repositories;
    this.copier = copier;
    this.attestor = attestor;
    this.watch = watch;
  }

  /** All registries at once, so that a slow one does not hold up the others. */
  @Override
  public RecordReplication copy(String artifact, ReplicationStarted started) {
    try (PromotionCopies copies = watch.begin(started.promotion(), started.targets())) {
      List<ReplicationResult> results =
          Together.map(
              started.targets(), target -> copy(artifact, started, target, copies.to(target)));
      return new RecordReplication(
          started.promotion(), started.intent(), started.attempt(), results);
    }
  }

  private ReplicationResult copy(
      String artifact, ReplicationStarted started, RegistryTarget target, CopyTally tally) {
    String ref = RegistryUrl.parse(target.url()).ref(artifact, started.digest()).toString();
    try {
      var progress = new TalliedProgress(tally);
      Instant latest = started.actBefore();
      Repository to = open(target, artifact).waitingUntil(latest);
      Repository from = open(started.source(), artifact).waitingUntil(latest);
      long bytes = copy(from, to, started.digest(), progress);
      attestor.attest(artifact, started, to);
      return new ReplicationResult(target.name(), ref, true, bytes, "", "");
    } catch (Trouble trouble) {
      return new ReplicationResult(target.name(), ref, false, 0, trouble.code(), trouble.message());
    } finally {
      tally.finish();
    }
  }

  private long copy(Repository from, Repository to, Digest digest, Progress progress)
      throws Trouble {
    try {
      return copier.copy(from, to, digest, progress).bytesSent();
    } catch (RegistryException failed) {
      throw Trouble.of(failed, ProblemCode.COPY_FAILED);
    }
  }

  @Override
  public RecordTagAssignment tag(String artifact, TagAssignmentStarted started, Runnable fence) {
    String work = Works.id(started.promotion(), started.intent(), started.version().toString());
    List<String> refs = new ArrayList<>();
    List<TagTrouble> behind = new ArrayList<>();
    for (RegistryTarget target : started.targets()) {
      try {
        refs.addAll(tag(artifact, started, target, fence));
      } catch (Trouble trouble) {
        if (target.equals(started.targets().getFirst())) {
          return new RecordTagAssignment(
              work, started.attempt(), false, refs, trouble.code(), trouble.message(), behind);
        }
        behind.add(new TagTrouble(target.name(), trouble.code(), trouble.message()));
      }
    }
    return new RecordTagAssignment(work, started.attempt(), true, refs, "", "", behind);
  }

  private List<String> tag(
      String artifact, TagAssignmentStarted started, RegistryTarget target, Runnable fence)
      throws Trouble {
    Tags tags = new Tags(open(target, artifact).waitingUntil(started.actBefore()), fence);
    try {
      if (!started.isRepair()) {
        tags.assign(started.tags(), started.digest());
        return refs(target, artifact, started.tags());
      }
      for (String tag : started.tags()) {
        tags.setBack(tag, started.digest());
      }
    } catch (RegistryException failed) {
      throw Trouble.of(failed, ProblemCode.TAGGING_FAILED);
    }
    return refs(target, artifact, started.tags());
  }

  @Override
  public RecordCatchUp catchUp(String artifact, CatchUpStarted started, Runnable fence) {
    String work = new CatchingUp(started).id();
    try {
      Instant latest = started.actBefore();
      Repository from = open(started.source(), artifact).waitingUntil(latest);
      Repository to = open(started.target(), artifact).waitingUntil(latest);
      long bytes = copy(from, to, started.digest(), Progress.none());
      List<String> refs = catchUpTags(artifact, started, fence);
      return new RecordCatchUp(work, started.attempt(), true, refs, bytes, "", "");
    } catch (Trouble trouble) {
      return new RecordCatchUp(
          work, started.attempt(), false, List.of(), 0, trouble.code(), trouble.message());
    }
  }

  private List<String> catchUpTags(String artifact, CatchUpStarted started, Runnable fence)
      throws Trouble {
    Repository primary = open(started.source(), artifact);
    Tags tags = new Tags(open(started.target(), artifact), fence);
    List<String> refs = new ArrayList<>();
    try {
      for (String tag : movingFirst(started.tags())) {
        if (!Tags.moves(tag)) {
          tags.assign(tag, started.digest());
          refs.add(ref(started.target(), artifact, tag));
        } else if (tags.follow(tag, primary).filter(started.digest()::equals).isPresent()) {
          refs.add(ref(started.target(), artifact, tag));
        }
      }
    } catch (RegistryException failed) {
      throw Trouble.of(failed, ProblemCode.TAGGING_FAILED);
    }
    return refs;
  }

  /** A registry that does not let them move is to be left without a trace. */
  private static List<String> movingFirst(List<String> tags) {
    return tags.stream().sorted(Comparator.comparing(tag -> !Tags.moves(tag))).toList();
  }

  private Repository open(RegistryTarget target, String artifact) throws Trouble {
    try {
      return repositories.open(RegistryUrl.parse(target.url()), artifact);
    } catch (CredentialsException missing) {
      throw new Trouble(ProblemCode.REGISTRY_REFUSED.code(), String.valueOf(missing.getMessage()));
    }
  }

  private static List<String> refs(RegistryTarget target, String artifact, List<String> tags) {
    return tags.stream().map(tag -> ref(target, artifact, tag)).toList();
  }

  private static String ref(RegistryTarget target, String artifact, String tag) {
    return RegistryUrl.parse(target.url()).ref(artifact, tag).toString();
  }
}
