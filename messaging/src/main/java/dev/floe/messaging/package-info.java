/**
 * What everything that speaks Kafka shares: the connection, the envelope around each record, who
 * may sign a command, positions, dead letters and the check of the topics' settings.
 */
@NullMarked
package dev.floe.messaging;

import org.jspecify.annotations.NullMarked;
