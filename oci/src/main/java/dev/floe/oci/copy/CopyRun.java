package dev.floe.oci.copy;

import dev.floe.manifest.Digest;
import dev.floe.oci.Descriptor;
import dev.floe.oci.RawManifest;
import dev.floe.oci.RegistryException;
import dev.floe.oci.RegistryTrouble;
import dev.floe.oci.Repository;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** One copy on its way, with what it has done so far. */
final class CopyRun {

  private final Repository source;
  private final Repository target;
  private final BlobMover mover;
  private final Progress progress;
  private final Families families;
  private final Copier.Extent extent;
  private final AtomicLong bytesSent = new AtomicLong();
  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicInteger mounted = new AtomicInteger();
  private final AtomicInteger skipped = new AtomicInteger();
  private final AtomicInteger manifestsSent = new AtomicInteger();

  CopyRun(
      Repository source,
      Repository target,
      BlobMover mover,
      Families families,
      Copier.Extent extent,
      Progress progress) {
    this.source = source;
    this.target = target;
    this.mover = mover;
    this.families = families;
    this.extent = extent;
    this.progress = progress;
  }

  CopyReport run(Digest digest) {
    String mediaType = bring(digest);
    Attachments attachments = new Attachments(source, target, this);
    if (extent == Copier.Extent.WITH_REFERRERS) {
      attachments.bring(digest);
    }
    return new CopyReport(
        digest,
        mediaType,
        bytesSent.get(),
        new CopyReport.Blobs(sent.get(), mounted.get(), skipped.get()),
        manifestsSent.get(),
        attachments.referrers(),
        attachments.signatureTags());
  }

  /**
   * Brings a manifest with all below it; its media type. Since a manifest is stored after
   * everything below it, one that is there is whole.
   */
  String bring(Digest digest) {
    Optional<String> there = mediaTypeInTarget(digest);
    if (there.isPresent()) {
      return there.get();
    }
    Graph graph = Graph.read(source, digest);
    families.learn(graph);
    bring(graph);
    return graph.manifest().mediaType();
  }

  /** Asks in the way that also answers what will be asked next: what is below the manifest. */
  private Optional<String> mediaTypeInTarget(Digest digest) {
    if (extent == Copier.Extent.ARTIFACT || families.know(digest)) {
      return target.head(digest).map(Descriptor::mediaType);
    }
    Optional<Graph> graph = Graph.find(target, digest);
    graph.ifPresent(families::learn);
    return graph.map(found -> found.manifest().mediaType());
  }

  /** The manifest's digest and those of all manifests below it. */
  Set<Digest> family(Digest digest) {
    return families.of(source, digest);
  }

  private void bring(Graph graph) {
    Collection<Descriptor> blobs = graph.blobs().values();
    progress.planned(blobs.size(), blobs.stream().mapToLong(Descriptor::size).sum());
    Together.each(blobs, this::move);
    store(graph);
  }

  private void move(Descriptor blob) {
    Progress.Way way = mover.move(source, target, blob, progress);
    switch (way) {
      case SENT -> {
        sent.incrementAndGet();
        bytesSent.addAndGet(blob.size());
      }
      case MOUNTED -> mounted.incrementAndGet();
      case ALREADY_THERE, LEFT_OUT -> skipped.incrementAndGet();
    }
    progress.arrived(blob, way);
  }

  private void store(Graph graph) {
    Together.each(graph.children(), this::store);
    store(graph.manifest());
  }

  /** Stores the manifest and believes only what is read back. */
  void store(RawManifest manifest) {
    target.putManifest(manifest);
    RawManifest found = readBack(manifest);
    if (!found.equals(manifest)) {
      throw forgot(manifest, "it serves the manifest as " + found.mediaType());
    }
    manifestsSent.incrementAndGet();
    progress.stored(manifest.digest());
  }

  private RawManifest readBack(RawManifest manifest) {
    try {
      return target.manifest(manifest.digest());
    } catch (RegistryException e) {
      if (e.trouble() == RegistryTrouble.NOT_FOUND) {
        throw forgot(manifest, "it said that it stored the manifest and does not have it");
      }
      throw e;
    }
  }

  private RegistryException forgot(RawManifest manifest, String detail) {
    return new RegistryException(
        RegistryTrouble.INVALID_RESPONSE,
        "store manifest " + target.name() + "@" + manifest.digest(),
        target.registry().name(),
        detail);
  }
}
