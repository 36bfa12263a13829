@NullMarked
package dev.floe.oci.copy;

import org.jspecify.annotations.NullMarked;
