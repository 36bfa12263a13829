/** What ties the projections to those who wait for them. */
@NullMarked
package dev.floe.audit.application;

import org.jspecify.annotations.NullMarked;
