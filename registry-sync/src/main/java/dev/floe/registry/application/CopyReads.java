package dev.floe.registry.application;

import dev.floe.access.Access;
import dev.floe.access.AccessRules;
import dev.floe.kernel.Actor;
import dev.floe.kernel.Refusal;
import dev.floe.manifest.Permission;
import java.util.Optional;
import java.util.function.Supplier;

/** Who may see how copies get on, and what there is to see. */
public final class CopyReads {

  private final CopyWatch watch;
  private final Supplier<AccessRules> inForce;

  public CopyReads(CopyWatch watch, Supplier<AccessRules> inForce) {
    this.watch = watch;
    this.inForce = inForce;
  }

  /** Why this actor may not; empty for whoever may read. */
  public Optional<Refusal> refuse(Actor actor) {
    return Access.refuse(inForce.get(), actor, Permission.READ, null);
  }

  /** The copies of a promotion; empty where this process makes none. */
  public Optional<PromotionCopies> of(String promotion) {
    return watch.of(promotion);
  }
}
