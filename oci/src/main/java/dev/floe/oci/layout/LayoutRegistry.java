package dev.floe.oci.layout;

import dev.floe.manifest.Digest;
import dev.floe.manifest.InvalidWord;
import dev.floe.oci.BlobSource;
import dev.floe.oci.Descriptor;
import dev.floe.oci.RawManifest;
import dev.floe.oci.Referrers;
import dev.floe.oci.ReferrersTag;
import dev.floe.oci.Registry;
import dev.floe.oci.RegistryException;
import dev.floe.oci.RegistryTrouble;
import dev.floe.oci.VerifyingStream;
import dev.floe.oci.json.JsonException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A folder of OCI image layouts, one for each repository, that other tools read too ({@code
 * oci:FOLDER/REPOSITORY:TAG} with skopeo).
 */
public final class LayoutRegistry implements Registry {

  private final Path root;

  public LayoutRegistry(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  private LayoutFolder folder(String repository) {
    Path folder = root.resolve(repository).normalize();
    if (!folder.startsWith(root)) {
      throw new IllegalArgumentException("\"" + repository + "\" is no repository's name");
    }
    return new LayoutFolder(folder);
  }

  @Override
  public String name() {
    return root.toString();
  }

  @Override
  public Optional<Descriptor> head(String repository, String reference) {
    return find(repository, reference, "look up ").map(RawManifest::descriptor);
  }

  @Override
  public RawManifest manifest(String repository, String reference) {
    return find(repository, reference, "read ")
        .orElseThrow(
            () ->
                new RegistryException(
                    RegistryTrouble.NOT_FOUND,
                    "read manifest " + repository + " " + reference,
                    name(),
                    "there is no such manifest"));
  }

  private Optional<RawManifest> find(String repository, String reference, String verb) {
    LayoutFolder folder = folder(repository);
    String action = verb + "manifest " + repository + " " + reference;
    return attempt(
        action,
        () -> {
          LayoutIndex index = folder.index();
          boolean byDigest = reference.indexOf(':') >= 0;
          Optional<Digest> digest =
              byDigest ? Optional.of(Digest.parse(reference)) : index.tagged(reference);
          return digest.isEmpty()
              ? Optional.empty()
              : folder.manifest(digest.get(), index.mediaType(digest.get()));
        });
  }

  @Override
  public boolean hasBlob(String repository, Descriptor blob) {
    return attempt("look for blob " + blob.digest(), () -> folder(repository).has(blob));
  }

  @Override
  public VerifyingStream blob(String repository, Descriptor blob) {
    String action = "read blob " + blob.digest() + " of " + repository;
    return attempt(
        action,
        () -> new VerifyingStream(folder(repository).open(blob.digest()), blob, action, name()));
  }

  @Override
  public void putBlob(String repository, Descriptor blob, BlobSource source) {
    String action = "store blob " + blob.digest() + " in " + repository;
    attempt(
        action,
        () -> {
          var in = source.open();
          try (in;
              var checked =
                  in instanceof VerifyingStream stream && stream.expected().equals(blob)
                      ? stream
                      : new VerifyingStream(in, blob, action, name())) {
            folder(repository).store(blob.digest(), checked);
          }
          return true;
        });
  }

  @Override
  public boolean mount(String repository, Descriptor blob, String from) {
    if (!hasBlob(from, blob)) {
      return false;
    }
    putBlob(repository, blob, () -> blob(from, blob));
    return true;
  }

  @Override
  public void putManifest(String repository, String reference, RawManifest manifest) {
    LayoutFolder folder = folder(repository);
    String action = "store manifest " + repository + " " + reference;
    attempt(
        action,
        () -> {
          folder.store(manifest.digest(), BlobSource.of(manifest.bytes()).open());
          boolean refers = manifest.contents().subject().isPresent();
          if (reference.indexOf(':') < 0) {
            folder.changeIndex(index -> index.tagging(reference, manifest));
          } else if (refers) {
            folder.changeIndex(index -> index.holding(manifest));
          }
          return true;
        });
  }

  @Override
  public List<String> tags(String repository) {
    return attempt("list the tags of " + repository, () -> folder(repository).index().tags());
  }

  @Override
  public Referrers referrers(String repository, Digest subject) {
    String action = "list the referrers of " + repository + "@" + subject;
    LayoutFolder folder = folder(repository);
    return attempt(
        action,
        () -> {
          LayoutIndex index = folder.index();
          List<Descriptor> found = new ArrayList<>();
          Set<String> seen = new TreeSet<>();
          for (Digest digest : index.digests()) {
            Optional<RawManifest> manifest = folder.manifest(digest, index.mediaType(digest));
            if (manifest.isPresent() && refersTo(manifest.get(), subject)) {
              seen.add(digest.toString());
              found.add(LayoutIndex.descriptor(manifest.get()));
            }
          }
          // Tools that copied from a registry without the API may have left its fallback tag here.
          find(repository, ReferrersTag.of(subject), "read ").stream()
              .flatMap(tagged -> ReferrersTag.read(tagged, subject).stream())
              .filter(entry -> seen.add(entry.digest().toString()))
              .forEach(found::add);
          return new Referrers(found, true);
        });
  }

  private static boolean refersTo(RawManifest manifest, Digest subject) {
    return manifest.contents().subject().stream().anyMatch(each -> each.digest().equals(subject));
  }

  @Override
  public boolean deleteTag(String repository, String tag) {
    return attempt(
        "delete the tag " + repository + ":" + tag,
        () -> folder(repository).changeIndex(index -> index.without(tag)));
  }

  /** Work with files. */
  @FunctionalInterface
  private interface Attempt<T> {
    T run() throws IOException;
  }

  private <T> T attempt(String action, Attempt<T> work) {
    try {
      return work.run();
    } catch (NoSuchFileException e) {
      throw failure(RegistryTrouble.NOT_FOUND, action, "there is no such file", e);
    } catch (IOException | UncheckedIOException e) {
      throw failure(RegistryTrouble.UNREACHABLE, action, String.valueOf(e.getMessage()), e);
    } catch (JsonException | InvalidWord e) {
      throw failure(RegistryTrouble.INVALID_RESPONSE, action, String.valueOf(e.getMessage()), e);
    }
  }

  private RegistryException failure(
      RegistryTrouble trouble, String action, String detail, Exception cause) {
    return new RegistryException(trouble, action, name(), detail, cause);
  }

  @Override
  public String toString() {
    return name();
  }
}
