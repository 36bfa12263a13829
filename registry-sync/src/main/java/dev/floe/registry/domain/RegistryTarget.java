package dev.floe.registry.domain;

/** One registry of an environment: its name there, and its URL without the artifact. */
public record RegistryTarget(String name, String url) {}
