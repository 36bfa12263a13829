/** One service on a real broker, to test its doors. */
@NullMarked
package dev.floe.promotion.adapter;

import org.jspecify.annotations.NullMarked;
