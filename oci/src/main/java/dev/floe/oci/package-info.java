/**
 * What a registry is, whether reached over HTTP or lying on disk as an OCI image layout, and what
 * is found in it. Bytes and media types pass through as they are; every digest is computed anew.
 */
@NullMarked
package dev.floe.oci;

import org.jspecify.annotations.NullMarked;
