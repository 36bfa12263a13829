/**
 * What the log says, as pure functions: events in, rows and answers out. Each topic owns its own
 * part of a row, so that the order in which topics are read makes no difference.
 */
@NullMarked
package dev.floe.audit.view;

import org.jspecify.annotations.NullMarked;
