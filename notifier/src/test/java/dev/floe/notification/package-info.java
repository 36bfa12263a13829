/** The notifier on a real broker. */
@NullMarked
package dev.floe.notification;

import org.jspecify.annotations.NullMarked;
