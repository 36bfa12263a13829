/** Copying artifacts between registries, whole and byte for byte. */
@NullMarked
package dev.floe.oci.copy;

import org.jspecify.annotations.NullMarked;
