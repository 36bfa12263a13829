@NullMarked
package dev.floe.oci.layout;

import org.jspecify.annotations.NullMarked;
