/** Work on registries, done with floe's own byte-exact client. */
@NullMarked
package dev.floe.registry.adapter.oci;

import org.jspecify.annotations.NullMarked;
