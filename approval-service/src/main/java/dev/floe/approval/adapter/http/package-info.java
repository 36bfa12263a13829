/** The decisions' door over HTTP. */
@NullMarked
package dev.floe.approval.adapter.http;

import org.jspecify.annotations.NullMarked;
