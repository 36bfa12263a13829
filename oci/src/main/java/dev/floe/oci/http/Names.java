package dev.floe.oci.http;

import dev.floe.manifest.Digest;
import dev.floe.manifest.InvalidWord;
import java.util.regex.Pattern;

/** Lets only what the specification allows into a request's path. */
final class Names {

  private static final String PART = "[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*";
  private static final Pattern REPOSITORY = Pattern.compile(PART + "(/" + PART + ")*");
  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");

  private Names() {}

  static String repository(String name) {
    if (name.length() > 255 || !REPOSITORY.matcher(name).matches()) {
      throw new IllegalArgumentException("\"" + name + "\" is no repository's name");
    }
    return name;
  }

  static String reference(String reference) {
    return isDigest(reference) ? Digest.parse(reference).toString() : tag(reference);
  }

  static boolean isDigest(String reference) {
    return reference.indexOf(':') >= 0;
  }

  static boolean isTag(String text) {
    return TAG.matcher(text).matches();
  }

  static String tag(String tag) {
    if (!isTag(tag)) {
      throw new InvalidWord("tag", tag, 1, "at most 128 letters, digits and . _ -", "v1.2.3-dev");
    }
    return tag;
  }
}
