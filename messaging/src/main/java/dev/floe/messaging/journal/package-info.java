/**
 * The write side on Kafka: commands in, decisions out, one writer per partition, state folded in
 * memory. The ten rules it keeps, each with its test, stand in {@code docs/journal.md}.
 */
@NullMarked
package dev.floe.messaging.journal;

import org.jspecify.annotations.NullMarked;
