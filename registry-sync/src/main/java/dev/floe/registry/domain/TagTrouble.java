package dev.floe.registry.domain;

/** Why a registry beside the primary did not get its tags. */
public record TagTrouble(String registry, String trouble, String message) {}
