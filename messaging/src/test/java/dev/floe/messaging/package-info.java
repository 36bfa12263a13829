/**
 * A real broker, a small domain to exercise journals with, and the contract that every journal
 * keeps.
 */
@NullMarked
package dev.floe.messaging;

import org.jspecify.annotations.NullMarked;
