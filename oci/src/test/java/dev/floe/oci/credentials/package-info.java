@NullMarked
package dev.floe.oci.credentials;

import org.jspecify.annotations.NullMarked;
