/** Mounts the embedded parts on the one HTTP port that everything shares. */
@NullMarked
package dev.floe.local.adapter.http;

import org.jspecify.annotations.NullMarked;
