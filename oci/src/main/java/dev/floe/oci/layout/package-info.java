/** OCI image layouts on disk, used like a registry. */
@NullMarked
package dev.floe.oci.layout;

import org.jspecify.annotations.NullMarked;
