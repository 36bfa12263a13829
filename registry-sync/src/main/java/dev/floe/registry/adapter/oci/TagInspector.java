package dev.floe.registry.adapter.oci;

import dev.floe.manifest.Coded;
import dev.floe.manifest.Digest;
import dev.floe.manifest.Environment;
import dev.floe.manifest.Manifest;
import dev.floe.manifest.ProblemCode;
import dev.floe.manifest.Registry;
import dev.floe.oci.Descriptor;
import dev.floe.oci.Repository;
import dev.floe.oci.Tagger;
import dev.floe.registry.adapter.oci.OciWork.Repositories;
import dev.floe.registry.application.TagInspection;
import dev.floe.registry.domain.DriftKind;
import dev.floe.registry.domain.RegistryCommand.RecordTagCheck;
import dev.floe.registry.domain.TagBook;
import dev.floe.registry.domain.TagFinding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the tags of an artifact's repositories, and compares them with the log. */
public final class TagInspector implements TagInspection {

  private static final Logger LOG = LoggerFactory.getLogger(TagInspector.class);

  /** Tags that belong to a digest: cosign's, and the lists of referrers. */
  private static final Pattern ATTACHED = Pattern.compile("sha(256|512)-[0-9a-f]{64,128}.*");

  private final Repositories repositories;

  public TagInspector(Repositories repositories) {
    this.repositories = repositories;
  }

  @Override
  public Seen inspect(String artifact, TagBook book, Manifest manifest) {
    List<String> read = new ArrayList<>();
    List<Unread> unread = new ArrayList<>();
    Map<String, TagFinding> findings = new LinkedHashMap<>();
    for (Environment environment : manifest.environments()) {
      for (Registry registry : environment.registries()) {
        String place = registry.url() + "/" + artifact;
        try {
          var tags = repositories.open(registry.url(), artifact);
          var look = new Look(environment.name(), registry.name(), place, tags, book);
          look.differences(isClosed(manifest, registry))
              .forEach(finding -> findings.putIfAbsent(finding.ref(), finding));
          read.add(place);
        } catch (RuntimeException unreadable) {
          unread.add(unread(environment.name(), registry.name(), place, unreadable));
        }
      }
    }
    var check = new RecordTagCheck(book.changes(), read, List.copyOf(findings.values()));
    return new Seen(check, unread);
  }

  /** What cannot be looked at has not passed, whatever the reason. */
  private static Unread unread(
      String environment, String registry, String place, RuntimeException why) {
    LOG.atWarn()
        .setMessage("tags could not be compared with the log")
        .addKeyValue("repository", place)
        .addKeyValue("cause", why.toString())
        .log();
    ProblemCode code = why instanceof Coded known ? known.code() : ProblemCode.UNEXPECTED;
    return new Unread(environment, registry, place, code, String.valueOf(why.getMessage()));
  }

  /** Whether nobody but floe sets tags there: the first environment is for people to push to. */
  private static boolean isClosed(Manifest manifest, Registry registry) {
    return manifest.first().registries().stream()
        .noneMatch(open -> open.url().equals(registry.url()));
  }

  /** A look at one repository. */
  private record Look(
      String environment, String registry, String place, Repository repository, TagBook book) {

    List<TagFinding> differences(boolean closed) {
      Set<String> there = Set.copyOf(repository.tags());
      Map<String, TagBook.Entry> expected =
          book.tags().entrySet().stream()
              .filter(entry -> entry.getKey().startsWith(place + ":"))
              .collect(
                  Collectors.toMap(
                      entry -> entry.getKey().substring(place.length() + 1), Map.Entry::getValue));
      List<TagFinding> findings = new ArrayList<>();
      expected.forEach((tag, entry) -> compare(tag, entry, there).ifPresent(findings::add));
      if (closed) {
        there.stream()
            .filter(tag -> !expected.containsKey(tag) && !ATTACHED.matcher(tag).matches())
            .flatMap(tag -> foreign(tag).stream())
            .forEach(findings::add);
      }
      return findings;
    }

    private Optional<TagFinding> compare(String tag, TagBook.Entry entry, Set<String> there) {
      Optional<Digest> found =
          there.contains(tag) ? Tagger.standsAt(repository, tag, entry.digest()) : Optional.empty();
      if (found.isEmpty()) {
        return Optional.of(finding(tag, DriftKind.DELETED, entry.digest(), null));
      }
      return found.get().equals(entry.digest())
          ? Optional.empty()
          : Optional.of(finding(tag, DriftKind.MOVED, entry.digest(), found.get()));
    }

    /** What floe began to tag and gave up is its own, as long as it stands where it was set. */
    private Optional<TagFinding> foreign(String tag) {
      Digest ours = book.left().get(place + ":" + tag);
      Digest found =
          ours == null
              ? repository.head(tag).map(Descriptor::digest).orElse(null)
              : Tagger.standsAt(repository, tag, ours).orElse(null);
      return ours != null && ours.equals(found)
          ? Optional.empty()
          : Optional.of(finding(tag, DriftKind.FOREIGN, null, found));
    }

    private TagFinding finding(
        String tag, DriftKind kind, @Nullable Digest expected, @Nullable Digest found) {
      return new TagFinding(environment, registry, place + ":" + tag, kind, expected, found);
    }
  }
}
