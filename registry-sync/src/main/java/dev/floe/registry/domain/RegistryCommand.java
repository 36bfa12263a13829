package dev.floe.registry.domain;

import dev.floe.manifest.Digest;
import dev.floe.manifest.FreeText;
import dev.floe.manifest.Name;
import dev.floe.manifest.Version;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What may be asked of the registries' keeper. */
public sealed interface RegistryCommand {

  record CopyArtifact(
      String promotion,
      int intent,
      Version version,
      Digest digest,
      String from,
      String to,
      RegistryTarget source,
      List<RegistryTarget> targets,
      Instant actBefore,
      @Nullable Evidence evidence)
      implements RegistryCommand {
    public CopyArtifact {
      targets = List.copyOf(targets);
    }
  }

  record RecordReplication(
      String promotion, int intent, int attempt, List<ReplicationResult> results)
      implements RegistryCommand {
    public RecordReplication {
      results = List.copyOf(results);
    }
  }

  record AssignTags(
      @Nullable String promotion,
      int intent,
      TagStage stage,
      Version version,
      Digest digest,
      @Nullable String from,
      String environment,
      List<RegistryTarget> targets,
      List<String> tags,
      Instant actBefore)
      implements RegistryCommand {
    public AssignTags {
      targets = List.copyOf(targets);
      tags = List.copyOf(tags);
    }

    /** Whether the tags are those of a version that has just been published. */
    boolean isPublication() {
      return promotion == null && intent == Works.PUBLICATION;
    }
  }

  /**
   * What came of tagging.
   *
   * @param assigned whether the primary registry has all tags
   * @param behind the other registries that do not
   */
  record RecordTagAssignment(
      String work,
      int attempt,
      boolean assigned,
      List<String> refs,
      String trouble,
      String message,
      List<TagTrouble> behind)
      implements RegistryCommand {
    public RecordTagAssignment {
      refs = List.copyOf(refs);
      message = FreeText.told(message);
      behind = List.copyOf(behind);
    }
  }

  record RecordCatchUp(
      String work,
      int attempt,
      boolean caughtUp,
      List<String> refs,
      long bytes,
      String trouble,
      String message)
      implements RegistryCommand {
    public RecordCatchUp {
      refs = List.copyOf(refs);
      message = FreeText.told(message);
    }
  }

  /**
   * Tells what comparing registries with the log has shown.
   *
   * @param basis how often tags had been set when the comparison began
   * @param repositories those that could be read, as references without a tag
   */
  record RecordTagCheck(int basis, List<String> repositories, List<TagFinding> findings)
      implements RegistryCommand {
    public RecordTagCheck {
      repositories = List.copyOf(repositories);
      findings = List.copyOf(findings);
    }

    /** Whether it shows anything that the log does not know. */
    public boolean isNewTo(TagBook book) {
      return !Drifts.news(book, this).isEmpty();
    }
  }

  /** Asks whether files may be stored, before their bytes are taken. */
  record AskToStore(Version version) implements RegistryCommand {}

  record RecordStored(
      Version version, Digest digest, String environment, String ref, long size, String mediaType)
      implements RegistryCommand {
    public RecordStored {
      mediaType = Name.MEDIA_TYPE.checked(mediaType);
    }
  }

  /** Starts open work anew, because its worker changed. */
  record ResumeWork(String work) implements RegistryCommand {}

  /** Says that time has passed. */
  record Tick() implements RegistryCommand {}
}
