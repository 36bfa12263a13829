@NullMarked
package dev.floe.oci.json;

import org.jspecify.annotations.NullMarked;
