/** Tests: Parts of requests. */
@NullMarked
package dev.floe.promotion.domain.request;

import org.jspecify.annotations.NullMarked;
