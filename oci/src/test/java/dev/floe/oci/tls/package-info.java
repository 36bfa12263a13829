@NullMarked
package dev.floe.oci.tls;

import org.jspecify.annotations.NullMarked;
