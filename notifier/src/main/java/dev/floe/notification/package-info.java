/**
 * Tells people. It has its place on the log and keeps it; which facts it tells, whom and how come
 * with the notifications of the manifest.
 */
@NullMarked
package dev.floe.notification;

import org.jspecify.annotations.NullMarked;
