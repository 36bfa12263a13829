/** Promotions on Kafka: how commands and events travel, and which facts of others are heard. */
@NullMarked
package dev.floe.promotion.adapter.kafka;

import org.jspecify.annotations.NullMarked;
