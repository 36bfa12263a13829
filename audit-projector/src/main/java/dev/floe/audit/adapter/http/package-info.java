/** Every read of the HTTP API. */
@NullMarked
package dev.floe.audit.adapter.http;

import org.jspecify.annotations.NullMarked;
