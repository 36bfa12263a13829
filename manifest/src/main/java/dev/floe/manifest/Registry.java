package dev.floe.manifest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One registry of an environment.
 *
 * @param name primary, secondary or tertiary
 * @param credentials where they are found; null for anonymous access
 */
public record Registry(String name, RegistryUrl url, @Nullable Secret credentials) {

  public static final String PRIMARY = "primary";

  /** Every name a registry can have, in the order in which they are written to. */
  public static final List<String> NAMES = List.of(PRIMARY, "secondary", "tertiary");
}
