/** What a person may ask of a release line, and everything that may stand in the way. */
@NullMarked
package dev.floe.promotion.domain.request;

import org.jspecify.annotations.NullMarked;
