/** What registry-sync does in registries: brings files into them. */
@NullMarked
package dev.floe.registry.adapter.registry;

import org.jspecify.annotations.NullMarked;
