/**
 * An OCI distribution-spec 1.1.1 registry with the referrers API, over one folder. {@link
 * dev.floe.embedded.oci.OciRegistry} turns a request into a response and knows no HTTP server;
 * {@link dev.floe.embedded.oci.OciRegistryServer} puts it behind the JDK's. What it keeps, and how
 * it stays whole over a crash, is {@code store}'s.
 */
@NullMarked
package dev.floe.embedded.oci;

import org.jspecify.annotations.NullMarked;
