/** A real single-node Kafka in this JVM: open to read, closed to write, durable across kill -9. */
@NullMarked
package dev.floe.embedded.kafka;

import org.jspecify.annotations.NullMarked;
