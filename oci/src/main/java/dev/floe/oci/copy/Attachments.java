package dev.floe.oci.copy;

import dev.floe.manifest.Digest;
import dev.floe.oci.Descriptor;
import dev.floe.oci.RawManifest;
import dev.floe.oci.Referrers;
import dev.floe.oci.ReferrersTag;
import dev.floe.oci.RegistryException;
import dev.floe.oci.RegistryTrouble;
import dev.floe.oci.Repository;
import dev.floe.oci.Tagger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is said about an artifact from outside: referrers, and cosign's tags. Both bind by digest,
 * so they stay valid when they are copied as they are. Each may have attachments of its own.
 */
final class Attachments {

  private static final int MOST = 10_000;

  /** The endings of cosign's tags. */
  private static final List<String> SUFFIXES = List.of(".sig", ".att", ".sbom");

  private final Repository source;
  private final Repository target;
  private final CopyRun run;
  private final Set<Digest> referrers = new LinkedHashSet<>();
  private final Set<String> signatureTags = new LinkedHashSet<>();
  private final Set<Digest> seen = new HashSet<>();
  private final Deque<Digest> waiting = new ArrayDeque<>();

  Attachments(Repository source, Repository target, CopyRun run) {
    this.source = source;
    this.target = target;
    this.run = run;
  }

  Set<Digest> referrers() {
    return referrers;
  }

  Set<String> signatureTags() {
    return signatureTags;
  }

  void bring(Digest root) {
    Set<String> tags = new HashSet<>(source.tags());
    queueAllOf(root);
    while (!waiting.isEmpty()) {
      Digest about = waiting.remove();
      bringReferrers(about, tags);
      for (String suffix : SUFFIXES) {
        ReferrersTag.cosign(about, suffix).filter(tags::contains).ifPresent(this::bringTag);
      }
    }
  }

  private void queueAllOf(Digest digest) {
    if (!seen.contains(digest)) {
      run.family(digest).stream().filter(seen::add).forEach(waiting::add);
    }
    if (seen.size() > MOST) {
      throw trouble("list all that refers to it", source, "there are more than " + MOST);
    }
  }

  private void bringReferrers(Digest about, Set<String> tags) {
    Referrers wanted = source.referrers(about, tags);
    if (wanted.manifests().isEmpty()) {
      return;
    }
    Referrers before = target.referrers(about);
    Set<Digest> there = digests(before);
    boolean missing = false;
    for (Descriptor referrer : wanted.manifests()) {
      if (there.contains(referrer.digest())) {
        accept(referrer.digest());
      } else if (wanted.byApi() || source.head(referrer.digest()).isPresent()) {
        bringReferrer(referrer.digest());
        missing = true;
      }
    }
    if (missing && there.isEmpty() && !before.byApi() && !wanted.byApi()) {
      copyList(about, wanted);
    }
    if (missing && !digests(target.referrers(about)).containsAll(referrersOf(wanted))) {
      String detail = "it does not list all the referrers that were stored";
      throw trouble("list the referrers of " + target.name() + "@" + about, target, detail);
    }
  }

  /** Replaces the list that came about on the way by the very bytes of the source's. */
  private void copyList(Digest about, Referrers wanted) {
    if (digests(target.referrers(about)).equals(digests(wanted))) {
      String tag = ReferrersTag.of(about);
      target.tag(tag, source.manifest(tag));
    }
  }

  /** Those of them that exist: a fallback tag may still name what has been deleted. */
  private Set<Digest> referrersOf(Referrers wanted) {
    Set<Digest> existing = digests(wanted);
    existing.retainAll(referrers);
    return existing;
  }

  private void bringReferrer(Digest referrer) {
    RawManifest manifest = source.manifest(referrer);
    boolean there = target.head(referrer).isPresent();
    if (there) {
      // It arrived, but the copy broke off before the target listed it.
      run.store(manifest);
    } else {
      run.bring(referrer);
    }
    accept(referrer);
  }

  private void accept(Digest referrer) {
    referrers.add(referrer);
    queueAllOf(referrer);
  }

  private void bringTag(String tag) {
    Optional<Digest> wanted = source.head(tag).map(Descriptor::digest);
    Digest signature;
    if (wanted.isPresent() && target.head(tag).map(Descriptor::digest).equals(wanted)) {
      signature = wanted.get();
    } else {
      signature = source.manifest(tag).digest();
      run.bring(signature);
      // Cosign adds a signature by moving the tag, so the target follows the source.
      Tagger.assign(target, tag, signature, Tagger.Mobility.MOVING);
    }
    signatureTags.add(tag);
    queueAllOf(signature);
  }

  private static Set<Digest> digests(Referrers list) {
    Set<Digest> digests = new HashSet<>();
    list.manifests().forEach(each -> digests.add(each.digest()));
    return digests;
  }

  private static RegistryException trouble(String action, Repository place, String detail) {
    return new RegistryException(
        RegistryTrouble.INVALID_RESPONSE, action, place.registry().name(), detail);
  }
}
