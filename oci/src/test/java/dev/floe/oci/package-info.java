@NullMarked
package dev.floe.oci;

import org.jspecify.annotations.NullMarked;
