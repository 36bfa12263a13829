/** {@code floe platform}: versions, promotions, approvals, status. */
@NullMarked
package dev.floe.cli.platform;

import org.jspecify.annotations.NullMarked;
