/** Tests: The manifest as a stream. */
@NullMarked
package dev.floe.promotion.domain.config;

import org.jspecify.annotations.NullMarked;
