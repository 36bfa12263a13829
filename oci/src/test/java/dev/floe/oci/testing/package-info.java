/** Registries to try things on, good and bad, and artifacts to try them with. */
@NullMarked
package dev.floe.oci.testing;

import org.jspecify.annotations.NullMarked;
