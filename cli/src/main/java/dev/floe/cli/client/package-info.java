/** The client of the HTTP API: where it is, who asks, requests that may be repeated, streams. */
@NullMarked
package dev.floe.cli.client;

import org.jspecify.annotations.NullMarked;
