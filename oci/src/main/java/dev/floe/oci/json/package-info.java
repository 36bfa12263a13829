/**
 * As much JSON as registries speak: read strictly within bounds, written only where floe is the
 * author.
 */
@NullMarked
package dev.floe.oci.json;

import org.jspecify.annotations.NullMarked;
