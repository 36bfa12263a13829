package dev.floe.embedded.oci;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The part of a blob that a {@code Range} header asks for (RFC 9110, 14.1.2). */
sealed interface ByteRange {

  /** No range, or one that RFC 9110 lets a server ignore. */
  record Whole() implements ByteRange {}

  record Part(long first, long length) implements ByteRange {}

  record Outside() implements ByteRange {}

  /** At most 18 digits, so that every number fits a long. */
  Pattern ONE = Pattern.compile("bytes\\s*=\\s*(\\d{0,18})\\s*-\\s*(\\d{0,18})");

  static ByteRange of(Optional<String> header, long size) {
    Matcher one = ONE.matcher(header.orElse(""));
    if (!one.matches() || (one.group(1).isEmpty() && one.group(2).isEmpty())) {
      return new Whole();
    }
    if (one.group(1).isEmpty()) {
      long suffix = Math.min(Long.parseLong(one.group(2)), size);
      return suffix == 0 ? new Outside() : new Part(size - suffix, suffix);
    }
    long first = Long.parseLong(one.group(1));
    long last = one.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(one.group(2));
    if (last < first) {
      return new Whole();
    }
    return first >= size ? new Outside() : new Part(first, Math.min(last, size - 1) - first + 1);
  }
}
