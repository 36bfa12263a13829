/**
 * The HTTP door of every service. It finds out who is asking, gives commands their id, and tells
 * problems the same way everywhere; what may be done is decided by the owner of each command.
 */
@NullMarked
package dev.floe.http;

import org.jspecify.annotations.NullMarked;
