package dev.floe.manifest;

import java.util.List;

/**
 * One registry of an environment.
 *
 * @param name primary, secondary or tertiary
 */
public record Registry(String name, RegistryUrl url, RegistryAccess access) {

  public static final String PRIMARY = "primary";

  /** Every name a registry can have, in the order in which they are written to. */
  public static final List<String> NAMES = List.of(PRIMARY, "secondary", "tertiary");
}
