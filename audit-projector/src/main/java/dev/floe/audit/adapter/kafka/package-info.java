/** What the projections tell the log: the status of each slot. */
@NullMarked
package dev.floe.audit.adapter.kafka;

import org.jspecify.annotations.NullMarked;
