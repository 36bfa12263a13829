/**
 * Registries over HTTP, by the OCI distribution specification 1.1. Requests go over Apache
 * HttpClient, which bounds what a hostile server can make us read; see docs/adr/0009.
 */
@NullMarked
package dev.floe.oci.http;

import org.jspecify.annotations.NullMarked;
