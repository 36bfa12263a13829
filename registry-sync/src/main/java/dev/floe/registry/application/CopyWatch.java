package dev.floe.registry.application;

import dev.floe.registry.domain.RegistryTarget;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What this process is copying now, for those who wait. It is in memory alone and gone when the
 * copy is over: what came of it is in the log.
 */
public final class CopyWatch {

  /** Far more than are made at once; of more, those that began last are known. */
  static final int MOST = 1_000;

  private final Map<String, PromotionCopies> underWay = new LinkedHashMap<>();

  /** Begins to count; an earlier attempt for the same promotion is forgotten. */
  public PromotionCopies begin(String promotion, List<RegistryTarget> targets) {
    var begun = new PromotionCopies(promotion, targets, this::end);
    synchronized (underWay) {
      underWay.remove(promotion);
      underWay.put(promotion, begun);
      if (underWay.size() > MOST) {
        underWay.remove(underWay.keySet().iterator().next());
      }
    }
    return begun;
  }

  /** The copies of a promotion; empty where this process makes none. */
  public Optional<PromotionCopies> of(String promotion) {
    synchronized (underWay) {
      return Optional.ofNullable(underWay.get(promotion));
    }
  }

  int size() {
    synchronized (underWay) {
      return underWay.size();
    }
  }

  private void end(PromotionCopies over) {
    synchronized (underWay) {
      underWay.remove(over.promotion(), over);
    }
  }
}
