/** Work on registries on Kafka: how it travels, and which facts of others are heard. */
@NullMarked
package dev.floe.registry.adapter.kafka;

import org.jspecify.annotations.NullMarked;
