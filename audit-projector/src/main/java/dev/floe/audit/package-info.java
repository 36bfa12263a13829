/** Status, history and search: the log folded into PostgreSQL, and every read of the HTTP API. */
@NullMarked
package dev.floe.audit;

import org.jspecify.annotations.NullMarked;
