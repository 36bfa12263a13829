/** What the manifest promises. */
@NullMarked
package dev.floe.manifest;

import org.jspecify.annotations.NullMarked;
