/** Who we are to a registry, and where that is written. */
@NullMarked
package dev.floe.oci.credentials;

import org.jspecify.annotations.NullMarked;
