/** Promotions on Kafka. */
@NullMarked
package dev.floe.promotion.adapter.kafka;

import org.jspecify.annotations.NullMarked;
