/** The doors to promotions, versions and the manifest over HTTP. */
@NullMarked
package dev.floe.promotion.adapter.http;

import org.jspecify.annotations.NullMarked;
