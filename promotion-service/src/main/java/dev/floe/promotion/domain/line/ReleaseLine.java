package dev.floe.promotion.domain.line;

import dev.floe.manifest.Version;
import dev.floe.promotion.domain.line.Promotion.Queued;
import dev.floe.promotion.domain.line.Promotion.Working;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One artifact on its way through the environments: who is where, by digest, and what is under way.
 *
 * @param versions every version that was published
 * @param slots environment → what is and was live there
 * @param open promotions that are not over, by id
 * @param ended promotions that are over, by id
 * @param places how many numbers were given, to promotions that queued and to repairs of tags
 */
public record ReleaseLine(
    Ledger<Version, Published> versions,
    Map<String, Slot> slots,
    Ledger<String, Promotion> open,
    Ledger<String, Ended> ended,
    long places) {

  public static final ReleaseLine EMPTY =
      new ReleaseLine(Ledger.empty(), Map.of(), Ledger.empty(), Ledger.empty(), 0);

  public ReleaseLine {
    slots = Map.copyOf(slots);
  }

  public Slot slot(String environment) {
    return slots.getOrDefault(environment, Slot.EMPTY);
  }

  public List<Promotion> openPromotions() {
    return open.values();
  }

  /** The open promotion of this version into this environment; there is never a second. */
  public Optional<Promotion> openFor(Version version, String environment) {
    return open.values().stream()
        .filter(p -> p.to().equals(environment))
        .filter(p -> p.progress().request().version().equals(version))
        .findFirst();
  }

  /** The promotion that others work for in this slot. */
  public Optional<Working> holder(String environment) {
    return open.values().stream()
        .filter(p -> p.to().equals(environment))
        .filter(Working.class::isInstance)
        .map(Working.class::cast)
        .findFirst();
  }

  /** The promotion whose turn it is once the slot is free. */
  public Optional<Queued> firstQueued(String environment) {
    return open.values().stream()
        .filter(p -> p.to().equals(environment))
        .filter(Queued.class::isInstance)
        .map(Queued.class::cast)
        .min(Comparator.comparingLong(Queued::place));
  }

  /** The number of the next repair of tags; 1 is a publication's. */
  public int nextRepair() {
    return Math.toIntExact(places + 2);
  }

  ReleaseLine withSlot(String environment, Slot slot) {
    Map<String, Slot> others = new HashMap<>(slots);
    others.put(environment, slot);
    return new ReleaseLine(versions, others, open, ended, places);
  }

  ReleaseLine withVersion(Version version, Published published) {
    return new ReleaseLine(versions.with(version, published), slots, open, ended, places);
  }

  ReleaseLine withOpen(Promotion promotion) {
    return new ReleaseLine(versions, slots, open.with(promotion.id(), promotion), ended, places);
  }

  ReleaseLine withPlace(long place) {
    return new ReleaseLine(versions, slots, open, ended, place);
  }

  ReleaseLine withEnded(Ended over) {
    return new ReleaseLine(
        versions,
        slots,
        open.without(over.promotion()),
        ended.with(over.promotion(), over),
        places);
  }
}
