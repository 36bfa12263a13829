/** Who may what, told as examples; most of them are about who may not. */
@NullMarked
package dev.floe.access;

import org.jspecify.annotations.NullMarked;
