@NullMarked
package dev.floe.oci.connect;

import org.jspecify.annotations.NullMarked;
