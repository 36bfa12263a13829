/** How gates hear of promotions. */
@NullMarked
package dev.floe.gate.adapter.kafka;

import org.jspecify.annotations.NullMarked;
