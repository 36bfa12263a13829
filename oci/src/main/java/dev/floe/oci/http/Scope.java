package dev.floe.oci.http;

import java.util.ArrayList;
import java.util.List;

/**
 * What a bearer token must allow, as token services write it.
 *
 * @param parts none for what needs no repository
 */
record Scope(List<String> parts) {

  Scope {
    parts = List.copyOf(parts);
  }

  static Scope pull(String repository) {
    return new Scope(List.of("repository:" + repository + ":pull"));
  }

  static Scope push(String repository) {
    return new Scope(List.of("repository:" + repository + ":pull,push"));
  }

  static Scope delete(String repository) {
    return new Scope(List.of("repository:" + repository + ":delete,pull,push"));
  }

  Scope and(Scope other) {
    List<String> both = new ArrayList<>(parts);
    both.addAll(other.parts);
    return new Scope(both);
  }
}
