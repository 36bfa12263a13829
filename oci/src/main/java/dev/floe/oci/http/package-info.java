/**
 * Registries over HTTP, by the OCI distribution specification 1.1. Requests go over {@link
 * java.net.HttpURLConnection}, which takes about half the CPU time of {@code java.net.http} a byte.
 */
@NullMarked
package dev.floe.oci.http;

import org.jspecify.annotations.NullMarked;
