package dev.floe.manifest;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Points at one artifact in one registry, by tag or by digest, never by both. */
public record Reference(
    RegistryUrl registry, String artifact, @Nullable String tag, @Nullable Digest digest) {

  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");

  public Reference {
    if ((tag == null) == (digest == null)) {
      throw new IllegalArgumentException("a reference has a tag or a digest");
    }
    if (tag != null && !TAG.matcher(tag).matches()) {
      String why = "a tag has at most 128 letters, digits and . _ -, and starts with no . or -";
      throw new InvalidWord("tag", tag, 1, why, "v1.2.3-dev");
    }
  }

  public String repository() {
    return registry.repository(artifact);
  }

  /** As OCI clients take it, without a scheme: {@code host/repository@sha256:…}. */
  public String image() {
    String place = registry.isLayout() ? repository() : registry.host() + "/" + repository();
    return tag != null ? place + ":" + tag : place + "@" + digest;
  }

  @Override
  public String toString() {
    return registry.prefix() + image();
  }
}
