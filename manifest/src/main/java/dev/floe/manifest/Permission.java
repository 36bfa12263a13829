package dev.floe.manifest;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What someone may be allowed to do. */
public enum Permission {
  READ,
  PUBLISH,
  PROMOTE,
  APPROVE,
  ROLLBACK,
  OVERRIDE,
  CANCEL,
  LOCK,
  HOLD,
  TAG,
  LIFECYCLE,
  GC,
  CONFIGURE,
  WEBHOOK,
  USAGE,
  AUDIT;

  /** The permission's word in the manifest: {@code promote}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Permission> of(String word) {
    return Arrays.stream(values()).filter(p -> p.word().equals(word)).findFirst();
  }

  public static List<String> words() {
    return Arrays.stream(values()).map(Permission::word).toList();
  }
}
