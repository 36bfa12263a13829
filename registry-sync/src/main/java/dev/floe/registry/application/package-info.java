/** Work on registries: taken up when it is recorded as started, reported when it is done. */
@NullMarked
package dev.floe.registry.application;

import org.jspecify.annotations.NullMarked;
