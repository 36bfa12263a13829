/** The projections' tables: the only place that knows SQL. */
@NullMarked
package dev.floe.audit.adapter.postgres;

import org.jspecify.annotations.NullMarked;
