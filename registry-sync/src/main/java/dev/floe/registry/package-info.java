/** Stores, copies, tags and verifies in OCI registries, and records what came of it. */
@NullMarked
package dev.floe.registry;

import org.jspecify.annotations.NullMarked;
