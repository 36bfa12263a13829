/** What a registry's TLS connections are made with: its own CA, and our certificate for it. */
@NullMarked
package dev.floe.oci.tls;

import org.jspecify.annotations.NullMarked;
