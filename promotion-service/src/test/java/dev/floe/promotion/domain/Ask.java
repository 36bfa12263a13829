package dev.floe.promotion.domain;

import dev.floe.promotion.domain.message.PromotionCommand.RequestPromotion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request for a promotion, as a person types it: what is not said is left out. */
record Ask(
    String version,
    @Nullable String from,
    String to,
    boolean approval,
    boolean queue,
    boolean downgrade,
    @Nullable String retry,
    @Nullable String plan,
    List<String> registries) {

  Ask(String version, String to) {
    this(version, null, to, false, false, false, null, null, List.of());
  }

  Ask comingFrom(String environment) {
    return new Ask(version, environment, to, approval, queue, downgrade, retry, plan, registries);
  }

  Ask requestingApproval() {
    return new Ask(version, from, to, true, queue, downgrade, retry, plan, registries);
  }

  Ask queueing() {
    return new Ask(version, from, to, approval, true, downgrade, retry, plan, registries);
  }

  Ask downgrading() {
    return new Ask(version, from, to, approval, queue, true, retry, plan, registries);
  }

  Ask retrying(String id) {
    return new Ask(version, from, to, approval, queue, downgrade, id, plan, registries);
  }

  Ask underPlan(String hash) {
    return new Ask(version, from, to, approval, queue, downgrade, retry, hash, registries);
  }

  Ask toRegistries(String... names) {
    return new Ask(version, from, to, approval, queue, downgrade, retry, plan, List.of(names));
  }

  RequestPromotion command() {
    return new RequestPromotion(
        version, from, to, approval, queue, downgrade, retry, plan, registries, "");
  }
}
