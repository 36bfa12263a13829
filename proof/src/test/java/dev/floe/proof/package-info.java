/** That proofs hold where they should, and nowhere else. */
@NullMarked
package dev.floe.proof;

import org.jspecify.annotations.NullMarked;
