/** The manifest as a stream: who changed the rules, to what, and what was refused. */
@NullMarked
package dev.floe.promotion.domain.config;

import org.jspecify.annotations.NullMarked;
