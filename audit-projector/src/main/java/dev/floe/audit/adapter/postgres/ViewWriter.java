package dev.floe.audit.adapter.postgres;

import dev.floe.audit.view.Arrival;
import dev.floe.audit.view.EntryRow;
import dev.floe.audit.view.Fact;
import dev.floe.audit.view.JsonText;
import dev.floe.audit.view.PromotionRow;
import dev.floe.audit.view.PublishedVersion;
import dev.floe.audit.view.RegistryTrouble;
import dev.floe.audit.view.Slot;
import dev.floe.config.v1.ManifestApplied;
import dev.floe.manifest.Manifest;
import dev.floe.promotion.v1.ArtifactPublished;
import dev.floe.registry.v1.TagsAssigned;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Folds one batch of events into the views, inside the batch's transaction. */
final class ViewWriter {

  private static final Logger LOG = LoggerFactory.getLogger(ViewWriter.class);

  private final Handle handle;
  private final Map<String, PromotionRow> promotions;
  private final Set<String> changedPromotions = new LinkedHashSet<>();
  private final Map<SlotKey, Slot> slots = new LinkedHashMap<>();
  private final Set<String> artifacts = new LinkedHashSet<>();

  private record SlotKey(String artifact, String environment) {}

  private ViewWriter(Handle handle, Map<String, PromotionRow> promotions) {
    this.handle = handle;
    this.promotions = promotions;
  }

  static void write(Handle handle, List<EntryRow> rows) {
    List<Fact> facts = rows.stream().filter(EntryRow::counts).map(EntryRow::fact).toList();
    Set<String> ids = new LinkedHashSet<>();
    facts.forEach(fact -> PromotionRow.idIn(fact.body()).ifPresent(ids::add));
    var writer = new ViewWriter(handle, PromotionTable.byIds(handle, ids));
    facts.forEach(writer::foldOrComplain);
    writer.flush();
  }

  /** One event that no view can take must not keep all that follow it from being read. */
  private void foldOrComplain(Fact fact) {
    try {
      fold(fact);
    } catch (JdbiException unavailable) {
      throw unavailable;
    } catch (RuntimeException broken) {
      LOG.atError()
          .setMessage("an event is in the trail and in no view")
          .addKeyValue("id", fact.id())
          .addKeyValue("artifact", fact.artifact())
          .setCause(broken)
          .log();
    }
  }

  private void fold(Fact fact) {
    Optional<String> id = PromotionRow.idIn(fact.body());
    id.ifPresent(
        promotion -> {
          PromotionRow before =
              promotions.getOrDefault(promotion, PromotionRow.unknown(promotion, fact.artifact()));
          promotions.put(promotion, before.after(fact));
          changedPromotions.add(promotion);
          artifacts.add(fact.artifact());
        });
    Slot.environmentIn(fact.body())
        .map(environment -> new SlotKey(fact.artifact(), environment))
        .ifPresent(
            key -> {
              Slot before = slots.computeIfAbsent(key, this::load);
              slots.put(key, before.after(fact, id.map(promotions::get).orElse(null)));
              artifacts.add(fact.artifact());
            });
    RegistryTrouble.changedBy(fact)
        .ifPresent(
            change -> {
              RegistryTroubleTable.write(handle, fact.artifact(), change, fact.at());
              artifacts.add(fact.artifact());
            });
    switch (fact.body()) {
      case ArtifactPublished e -> publish(PublishedVersion.of(fact, e));
      case TagsAssigned e -> tag(fact, e);
      case ManifestApplied e -> apply(fact, e);
      default -> {}
    }
  }

  private Slot load(SlotKey key) {
    return Slot.of(ArrivalTable.live(handle, key.artifact(), key.environment()).orElse(null));
  }

  private void flush() {
    PromotionTable.write(handle, changedPromotions.stream().map(promotions::get).toList());
    List<Arrival> arrivals = new ArrayList<>();
    slots.values().forEach(slot -> arrivals.addAll(slot.changed()));
    ArrivalTable.write(handle, arrivals);
    if (!artifacts.isEmpty()) {
      var batch =
          handle.prepareBatch(
              "insert into status_due (artifact) values (:artifact) on conflict do nothing");
      artifacts.forEach(artifact -> batch.bind("artifact", Columns.name(artifact)).add());
      batch.execute();
    }
  }

  private void publish(PublishedVersion version) {
    handle
        .createUpdate(
            """
            insert into published_version (
              artifact, version, digest, environment, ref, size, media_type, created_at, by_user)
            values (
              :artifact, :version, :digest, :environment, :ref, :size, :mediaType, :at, :by)
            on conflict do nothing
            """)
        .bind("artifact", version.artifact())
        .bind("version", version.version())
        .bind("digest", version.digest())
        .bind("environment", version.environment())
        .bind("ref", version.ref())
        .bind("size", version.size())
        .bind("mediaType", version.mediaType())
        .bind("at", Columns.time(version.createdAt()))
        .bind("by", version.by())
        .execute();
  }

  private void tag(Fact fact, TagsAssigned e) {
    handle
        .createUpdate(
            """
            insert into version_tags (artifact, version, environment, stage, refs, at)
            values (:artifact, :version, :environment, :stage, cast(:refs as jsonb), :at)
            on conflict (artifact, version, environment, stage) do update
              set refs = excluded.refs, at = excluded.at
            """)
        .bind("artifact", fact.artifact())
        .bind("version", e.getVersion())
        .bind("environment", e.getEnvironment())
        .bind("stage", e.getStage().name())
        .bind("refs", JsonText.write(e.getRefs()))
        .bind("at", Columns.time(fact.at()))
        .execute();
  }

  /** A new manifest may change what every status says. */
  private void apply(Fact fact, ManifestApplied e) {
    // One that cannot be read would make every entry after it unreadable.
    var _ = Manifest.fromCanonicalJson(e.getManifest());
    handle
        .createUpdate(
            """
            insert into manifest_revision (revision, sha256, since, by_user, manifest)
            values (:revision, :sha256, :since, :by, :manifest) on conflict do nothing
            """)
        .bind("revision", e.getRevision())
        .bind("sha256", e.getSha256())
        .bind("since", Columns.time(fact.at()))
        .bind("by", fact.by())
        .bind("manifest", e.getManifest())
        .execute();
    handle.execute(
        "insert into status_due select distinct artifact from arrival on conflict do nothing");
  }
}
