/** What the notifier hears on Kafka, and what it may say there. */
@NullMarked
package dev.floe.notification.adapter.kafka;

import org.jspecify.annotations.NullMarked;
