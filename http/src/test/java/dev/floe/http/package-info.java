/** Tests of the HTTP door. */
@NullMarked
package dev.floe.http;

import org.jspecify.annotations.NullMarked;
