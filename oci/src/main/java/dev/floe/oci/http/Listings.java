package dev.floe.oci.http;

import dev.floe.manifest.Digest;
import dev.floe.oci.Contents;
import dev.floe.oci.Descriptor;
import dev.floe.oci.MediaTypes;
import dev.floe.oci.RawManifest;
import dev.floe.oci.Referrers;
import dev.floe.oci.ReferrersTag;
import dev.floe.oci.RegistryException;
import dev.floe.oci.RegistryTrouble;
import dev.floe.oci.json.Json;
import dev.floe.oci.json.JsonException;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a registry lists page by page: tags, and the referrers of a subject. */
final class Listings {

  private static final int MOST_PAGES = 1_000;
  private static final int MOST_ENTRIES = 1_000_000;
  private static final int MOST_BYTES = 64 * 1024 * 1024;

  /** Longer than any address, and short enough for whatever a pattern makes of it. */
  private static final int LONGEST_LINK = 8 * 1024;

  /** One more than the writers we expect to meet on one subject's fallback tag. */
  private static final int TAG_ATTEMPTS = 5;

  private static final Pattern NEXT =
      Pattern.compile("<([^<>]*)>\\s*;[^,]*\\brel=\"?next\"?", Pattern.CASE_INSENSITIVE);

  private final RegistryClient client;
  private final Manifests manifests;
  private final MissingEndpoint missing;

  Listings(RegistryClient client, Manifests manifests, MissingEndpoint missing) {
    this.client = client;
    this.manifests = manifests;
    this.missing = missing;
  }

  List<String> tags(String repository) {
    List<String> tags = new ArrayList<>();
    URI first = client.uri("/v2/" + Names.repository(repository) + "/tags/list?n=1000");
    String action = "list the tags of " + repository;
    Call call = Call.of("GET", first, action, Scope.pull(repository), 200, 404);
    forEachPage(
        call,
        page -> {
          for (Json tag : listed(page, "tags")) {
            if (tag instanceof Json.Text(String name) && Names.isTag(name)) {
              tags.add(name);
            }
          }
          return tags.size();
        },
        _ -> {});
    return tags;
  }

  Referrers referrers(String repository, Digest subject) {
    return byApi(repository, subject).orElseGet(() -> byTag(repository, subject));
  }

  Referrers referrers(String repository, Digest subject, Set<String> tags) {
    Optional<Referrers> known = byApi(repository, subject);
    if (known.isPresent() || tags.contains(ReferrersTag.of(subject))) {
      return known.orElseGet(() -> byTag(repository, subject));
    }
    return new Referrers(List.of(), false);
  }

  private Referrers byTag(String repository, Digest subject) {
    Optional<RawManifest> index = tagged(repository, subject);
    try {
      return new Referrers(
          index.map(found -> ReferrersTag.read(found, subject)).orElse(List.of()), false);
    } catch (JsonException e) {
      throw unreadable("list the referrers of " + repository + "@" + subject, e);
    }
  }

  void keptByRegistry(String repository) {
    missing.forget(repository);
  }

  private Optional<Referrers> byApi(String repository, Digest subject) {
    if (missing.isMissing(repository)) {
      return Optional.empty();
    }
    List<Descriptor> found = new ArrayList<>();
    String path = "/v2/" + Names.repository(repository) + "/referrers/" + subject;
    String action = "list the referrers of " + repository + "@" + subject;
    Call call =
        Call.of("GET", client.uri(path), action, Scope.pull(repository), 200, 400, 404, 405, 406)
            .with(Map.of("Accept", MediaTypes.OCI_INDEX));
    boolean supported =
        forEachPage(
            call,
            page -> {
              listed(page, "manifests").stream().map(Descriptor::from).forEach(found::add);
              return found.size();
            },
            answer -> missing.learn(repository, answer.status(), answer.bytes(8 * 1024)));
    return supported ? Optional.of(new Referrers(found, true)) : Optional.empty();
  }

  private Optional<RawManifest> tagged(String repository, Digest subject) {
    return manifests.find(repository, ReferrersTag.of(subject));
  }

  /**
   * Keeps the fallback tag, as the specification asks of clients where the registry does not. Two
   * writers may overwrite each other, so it is read again until our entry is seen to stay.
   */
  void addReferrer(String repository, RawManifest referrer) {
    Contents contents = referrer.contents();
    Digest subject = contents.subject().orElseThrow().digest();
    for (int count = 1; count <= TAG_ATTEMPTS; count++) {
      Optional<RawManifest> found = tagged(repository, subject);
      Optional<RawManifest> wanted = adding(found, subject, referrer);
      if (wanted.isEmpty()) {
        return;
      }
      manifests.put(repository, ReferrersTag.of(subject), wanted.get());
    }
    String action = "list %s as a referrer of %s".formatted(referrer.digest(), subject);
    throw new RegistryException(
        RegistryTrouble.UNREACHABLE, action, client.host(), "others keep overwriting the list");
  }

  private Optional<RawManifest> adding(
      Optional<RawManifest> found, Digest subject, RawManifest referrer) {
    try {
      return ReferrersTag.adding(found, subject, referrer);
    } catch (JsonException e) {
      throw unreadable("list %s as a referrer of %s".formatted(referrer.digest(), subject), e);
    }
  }

  private RegistryException unreadable(String action, JsonException e) {
    String detail = "the list cannot be read: " + e.getMessage();
    return new RegistryException(
        RegistryTrouble.INVALID_RESPONSE, action, client.host(), detail, e);
  }

  /** Takes a page and says how many entries there are so far. */
  @FunctionalInterface
  private interface PageReader {
    int read(Json page);
  }

  /** Takes the answer that there is no such list. */
  @FunctionalInterface
  private interface Refusal {
    void read(Answer answer) throws IOException;
  }

  /** False if the first answer says that there is no such list. */
  private boolean forEachPage(Call first, PageReader reader, Refusal refusal) {
    Call call = first;
    Set<URI> asked = new HashSet<>();
    long taken = 0;
    for (int count = 0; count < MOST_PAGES; count++) {
      try (Answer answer = client.send(call)) {
        if (answer.status() != 200) {
          checkWhole(call, count);
          refusal.read(answer);
          return false;
        }
        byte[] page = page(call, answer);
        taken += page.length;
        if (reader.read(Json.read(page)) > MOST_ENTRIES
            || taken > MOST_BYTES
            || !asked.add(call.uri())) {
          throw Failures.invalid(call, client.host(), "the list does not end");
        }
        Optional<URI> next = next(call, answer);
        if (next.isEmpty()) {
          return true;
        }
        call = call.to(next.get());
      } catch (JsonException e) {
        throw unreadable(call.action(), e);
      } catch (IOException e) {
        throw Failures.of(call, client.host(), e);
      }
    }
    throw Failures.invalid(call, client.host(), "the list does not end");
  }

  /** A page without the list shows nothing: what it leaves out would pass for not there. */
  private static List<Json> listed(Json page, String name) {
    if (page instanceof Json.Members(var members) && members.containsKey(name)) {
      return page.elements(name);
    }
    throw new JsonException("it has no \"" + name + "\"");
  }

  /** Half a list that passes for the whole would leave signatures behind. */
  private void checkWhole(Call call, int pages) {
    if (pages > 0) {
      String detail = "the list breaks off after %d pages".formatted(pages);
      throw Failures.invalid(call, client.host(), detail);
    }
  }

  private byte[] page(Call call, Answer answer) throws IOException {
    byte[] bytes = answer.bytes(RawManifest.MAX_BYTES);
    if (bytes.length > RawManifest.MAX_BYTES) {
      answer.abandon();
      throw Failures.invalid(call, client.host(), "a page is larger than 4 MiB");
    }
    return bytes;
  }

  private Optional<URI> next(Call call, Answer answer) {
    for (String link : answer.headers("Link")) {
      if (link.length() > LONGEST_LINK) {
        throw Failures.invalid(call, client.host(), "its Link is longer than any address");
      }
      Matcher next = NEXT.matcher(link);
      if (next.find()) {
        return Optional.of(sameHost(call, next.group(1)));
      }
    }
    return Optional.empty();
  }

  private URI sameHost(Call call, String written) {
    try {
      URI to = call.uri().resolve(written);
      if (Origin.of(to).equals(Origin.of(call.uri()))) {
        return to;
      }
    } catch (IllegalArgumentException _) {
      // No URL: no host of ours either.
    }
    throw Failures.invalid(call, client.host(), "the list goes on at another host");
  }
}
