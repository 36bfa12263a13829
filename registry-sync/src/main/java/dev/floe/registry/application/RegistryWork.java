package dev.floe.registry.application;

import dev.floe.registry.domain.RegistryCommand.RecordCatchUp;
import dev.floe.registry.domain.RegistryCommand.RecordReplication;
import dev.floe.registry.domain.RegistryCommand.RecordTagAssignment;
import dev.floe.registry.domain.RegistryEvent.CatchUpStarted;
import dev.floe.registry.domain.RegistryEvent.ReplicationStarted;
import dev.floe.registry.domain.RegistryEvent.TagAssignmentStarted;

/** What is done in registries; whatever goes wrong there is part of the report. */
public interface RegistryWork {

  /** Copies to every target, the primary first; a failed secondary does not stop the others. */
  RecordReplication copy(String artifact, ReplicationStarted started);

  /**
   * Sets every tag in every target and reads it back; only the primary has to succeed.
   *
   * @param fence called right before each tag is set; what it throws keeps the tag from being set
   */
  RecordTagAssignment tag(String artifact, TagAssignmentStarted started, Runnable fence);

  /**
   * Brings a registry beside the primary up to date: the artifact, then its tags, of which those
   * that move follow the primary.
   *
   * @param fence as in {@link #tag}
   */
  RecordCatchUp catchUp(String artifact, CatchUpStarted started, Runnable fence);
}
