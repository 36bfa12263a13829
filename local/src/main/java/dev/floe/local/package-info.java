/**
 * The whole system in one JVM: starts every part in order, shares one HTTP port among them, and
 * stops them again.
 */
@NullMarked
package dev.floe.local;

import org.jspecify.annotations.NullMarked;
