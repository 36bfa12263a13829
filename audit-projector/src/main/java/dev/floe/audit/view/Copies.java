package dev.floe.audit.view;

import dev.floe.promotion.v1.RegistryTarget;
import dev.floe.registry.v1.ArtifactReplicated;
import dev.floe.registry.v1.CatchUpAbandoned;
import dev.floe.registry.v1.RegistryCaughtUp;
import dev.floe.registry.v1.RegistryFellBehind;
import dev.floe.registry.v1.ReplicationFailed;
import dev.floe.registry.v1.ReplicationStarted;
import dev.floe.registry.v1.TagsAssigned;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What registry-sync's topic says about one promotion: which registry has it, which tags point at
 * it.
 */
public record Copies(List<Copy> registries, List<String> tags, Instant updatedAt) {

  public Copies {
    registries = List.copyOf(registries);
    tags = List.copyOf(tags);
  }

  /**
   * One registry.
   *
   * @param state pending, copied or failed
   * @param at since when
   */
  public record Copy(
      String name, String ref, String state, long bytes, String message, Instant at) {}

  static @Nullable Copies after(@Nullable Copies copies, Fact fact) {
    return switch (fact.body()) {
      case ReplicationStarted e -> started(copies, fact, e);
      case ArtifactReplicated e ->
          with(
              copies,
              fact,
              new Copy(e.getRegistry(), e.getRef(), "copied", e.getBytes(), "", fact.at()));
      case ReplicationFailed e ->
          with(
              copies,
              fact,
              new Copy(e.getRegistry(), e.getRef(), "failed", 0, e.getMessage(), fact.at()));
      case TagsAssigned e -> tagged(copies, fact, e.getRefs());
      case RegistryFellBehind e ->
          with(copies, fact, lacking(fact, e.getTarget(), e.getDigest(), e.getMessage()));
      case RegistryCaughtUp e -> tagged(with(copies, fact, caughtUp(fact, e)), fact, e.getRefs());
      case CatchUpAbandoned e ->
          with(copies, fact, lacking(fact, e.getTarget(), e.getDigest(), e.getMessage()));
      default -> copies;
    };
  }

  private static Copy lacking(Fact fact, RegistryTarget target, String digest, String why) {
    return new Copy(target.getName(), ref(fact, target, digest), "failed", 0, why, fact.at());
  }

  private static Copy caughtUp(Fact fact, RegistryCaughtUp e) {
    String ref = ref(fact, e.getTarget(), e.getDigest());
    return new Copy(e.getTarget().getName(), ref, "copied", e.getBytes(), "", fact.at());
  }

  private static String ref(Fact fact, RegistryTarget target, String digest) {
    return "%s/%s@%s".formatted(target.getUrl(), fact.artifact(), digest);
  }

  private static Copies started(@Nullable Copies copies, Fact fact, ReplicationStarted e) {
    List<Copy> registries = new ArrayList<>();
    for (RegistryTarget target : e.getTargets()) {
      String ref = ref(fact, target, e.getDigest());
      registries.add(new Copy(target.getName(), ref, "pending", 0, "", fact.at()));
    }
    return new Copies(registries, copies == null ? List.of() : copies.tags(), fact.at());
  }

  private static Copies with(@Nullable Copies copies, Fact fact, Copy copy) {
    List<Copy> registries = new ArrayList<>();
    boolean known = false;
    for (Copy each : copies == null ? List.<Copy>of() : copies.registries()) {
      boolean same = each.name().equals(copy.name());
      registries.add(same ? copy : each);
      known |= same;
    }
    if (!known) {
      registries.add(copy);
    }
    return new Copies(registries, copies == null ? List.of() : copies.tags(), fact.at());
  }

  private static Copies tagged(@Nullable Copies copies, Fact fact, List<String> refs) {
    Set<String> tags = new LinkedHashSet<>(copies == null ? List.of() : copies.tags());
    tags.addAll(refs);
    return new Copies(
        copies == null ? List.of() : copies.registries(), List.copyOf(tags), fact.at());
  }
}
