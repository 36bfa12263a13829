/**
 * A real PostgreSQL as this process's child: a password on every door, no superuser for services.
 */
@NullMarked
package dev.floe.embedded.postgres;

import org.jspecify.annotations.NullMarked;
