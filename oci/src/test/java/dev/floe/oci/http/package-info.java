@NullMarked
package dev.floe.oci.http;

import org.jspecify.annotations.NullMarked;
