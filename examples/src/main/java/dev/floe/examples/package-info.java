/** Another service that promotes over Kafka, with nothing of floe but its record classes. */
@NullMarked
package dev.floe.examples;

import org.jspecify.annotations.NullMarked;
