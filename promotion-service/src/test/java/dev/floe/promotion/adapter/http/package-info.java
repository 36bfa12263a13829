/** The doors over HTTP. */
@NullMarked
package dev.floe.promotion.adapter.http;

import org.jspecify.annotations.NullMarked;
