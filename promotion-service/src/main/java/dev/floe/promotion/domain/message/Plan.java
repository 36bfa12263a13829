package dev.floe.promotion.domain.message;

import dev.floe.manifest.Environment.OnApproval;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything a promotion will do, pinned when it was requested.
 *
 * @param source registry that the bytes come from
 * @param targets registries of the target environment, the primary first
 * @param gates that apply, in the order they run
 * @param gateTime longest time that the gates may take together, retries included
 * @param resultsValid how long gate results hold
 * @param approval what approval takes; null where none is needed
 * @param tags environment tags that are set, in order
 * @param releaseTag set at the end; null but in the last environment
 * @param postValidation gates that run after the tags moved
 */
public record Plan(
    RegistryTarget source,
    List<RegistryTarget> targets,
    List<GateRef> gates,
    Duration gateTime,
    boolean failFast,
    Duration resultsValid,
    @Nullable ApprovalRules approval,
    OnApproval onApproval,
    List<String> tags,
    @Nullable String releaseTag,
    List<GateRef> postValidation,
    Duration postValidationTime) {

  public Plan {
    targets = List.copyOf(targets);
    gates = List.copyOf(gates);
    tags = List.copyOf(tags);
    postValidation = List.copyOf(postValidation);
  }
}
