package dev.floe.promotion.domain.message;

/**
 * One registry of an environment.
 *
 * @param name primary, secondary or tertiary
 * @param url without the artifact, such as {@code oci://host/prod}
 */
public record RegistryTarget(String name, String url) {}
