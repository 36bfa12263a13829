/** From a manifest's words to a registry that can be used. */
@NullMarked
package dev.floe.oci.connect;

import org.jspecify.annotations.NullMarked;
