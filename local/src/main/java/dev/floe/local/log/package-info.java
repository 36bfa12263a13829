/** What the running system writes down for whoever operates it, and where. */
@NullMarked
package dev.floe.local.log;

import org.jspecify.annotations.NullMarked;
