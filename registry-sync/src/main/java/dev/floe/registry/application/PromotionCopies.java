package dev.floe.registry.application;

import dev.floe.registry.domain.RegistryTarget;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The copies of one promotion that are under way, the primary's first; over when closed. */
public final class PromotionCopies implements AutoCloseable {

  private final String promotion;
  private final Map<RegistryTarget, CopyTally> tallies = new LinkedHashMap<>();
  private final Consumer<PromotionCopies> whenOver;

  PromotionCopies(
      String promotion, List<RegistryTarget> targets, Consumer<PromotionCopies> whenOver) {
    this.promotion = promotion;
    this.whenOver = whenOver;
    targets.forEach(target -> tallies.put(target, new CopyTally(target)));
  }

  String promotion() {
    return promotion;
  }

  /** What counts for one of the targets that were named at the start. */
  public CopyTally to(RegistryTarget target) {
    CopyTally tally = tallies.get(target);
    if (tally == null) {
      throw new IllegalArgumentException("nothing is copied to " + target);
    }
    return tally;
  }

  /** How far each has come. */
  public List<CopyProgress> now() {
    return tallies.values().stream().map(tally -> tally.now(promotion)).toList();
  }

  @Override
  public void close() {
    tallies.values().forEach(CopyTally::finish);
    whenOver.accept(this);
  }
}
