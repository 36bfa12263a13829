package dev.floe.oci.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.floe.manifest.Digest;
import dev.floe.oci.Descriptor;
import dev.floe.oci.MediaTypes;
import dev.floe.oci.RawManifest;
import dev.floe.oci.Referrers;
import dev.floe.oci.ReferrersTag;
import dev.floe.oci.Repository;
import dev.floe.oci.copy.Graph;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Compares what two repositories hold of an artifact, byte by byte and set by set. */
public final class Likeness {

  private Likeness() {}

  /**
   * The target has all of the artifact and of what refers to it, byte-equal, and lists and tags the
   * same, in the way that it can.
   */
  public static void assertSame(Repository source, Repository target, Digest root) {
    Map<Digest, RawManifest> all = everything(source, root);
    all.keySet().forEach(each -> assertThat(target.manifest(each)).isEqualTo(all.get(each)));
    assertThat(everything(target, root).keySet()).isEqualTo(all.keySet());
    all.values().forEach(manifest -> assertBlobsSame(source, target, manifest));
    Set<String> wanted = new TreeSet<>();
    for (Digest each : all.keySet()) {
      Map<String, Digest> signatures = signatures(source, each);
      assertThat(signatures(target, each)).isEqualTo(signatures);
      wanted.addAll(signatures.keySet());
      Referrers listed = target.referrers(each);
      assertThat(digests(listed)).isEqualTo(digests(source.referrers(each)));
      if (!listed.byApi() && !listed.manifests().isEmpty()) {
        wanted.add(ReferrersTag.of(each));
      }
    }
    // Neither more tags than asked for, nor a fallback tag where the registry keeps the list.
    assertThat(tagsAbout(target)).isEqualTo(wanted);
  }

  /** The manifests of the artifact, of its referrers and signatures, and of theirs. */
  public static Map<Digest, RawManifest> everything(Repository place, Digest root) {
    Map<Digest, RawManifest> found = new LinkedHashMap<>();
    for (RawManifest manifest : Graph.read(place, root).manifests().values()) {
      found.put(manifest.digest(), manifest);
      Set<Digest> about = new TreeSet<>(java.util.Comparator.comparing(Digest::toString));
      about.addAll(digests(place.referrers(manifest.digest())));
      about.addAll(signatures(place, manifest.digest()).values());
      about.forEach(each -> found.putAll(everything(place, each)));
    }
    return found;
  }

  /** Whether the repository holds the manifest, and then all below it rightly. */
  public static boolean isThereAndWhole(Repository source, Repository target, Digest manifest) {
    if (target.head(manifest).isEmpty()) {
      return false;
    }
    Graph.read(target, manifest)
        .manifests()
        .values()
        .forEach(each -> assertBlobsSame(source, target, each));
    return true;
  }

  private static void assertBlobsSame(Repository source, Repository target, RawManifest manifest) {
    for (Descriptor blob : manifest.contents().blobs()) {
      try (var one = source.blob(blob);
          var other = target.blob(blob)) {
        assertThat(other.readAllBytes()).isEqualTo(one.readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static Set<Digest> digests(Referrers list) {
    return list.manifests().stream().map(Descriptor::digest).collect(Collectors.toSet());
  }

  private static Map<String, Digest> signatures(Repository place, Digest signed) {
    String prefix = ReferrersTag.of(signed) + ".";
    Map<String, Digest> found = new TreeMap<>();
    for (String tag : place.tags()) {
      if (tag.startsWith(prefix)) {
        found.put(tag, place.manifest(tag).digest());
      }
    }
    return found;
  }

  private static Set<String> tagsAbout(Repository place) {
    return place.tags().stream()
        .filter(tag -> tag.matches("sha(256|512)-[0-9a-f]+(\\..*)?"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Every tag stands at something whole; a fallback tag lists only what is there. */
  public static void assertNoTagOverHoles(Repository source, Repository target) {
    for (String tag : target.tags()) {
      RawManifest manifest = target.manifest(tag);
      boolean list = tag.matches("sha(256|512)-[0-9a-f]+");
      assertThat(list).isEqualTo(list && manifest.mediaType().equals(MediaTypes.OCI_INDEX));
      assertThat(isThereAndWhole(source, target, manifest.digest())).as(tag).isTrue();
    }
  }
}
