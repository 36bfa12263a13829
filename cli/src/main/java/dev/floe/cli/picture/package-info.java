/** What people see: pure functions from documents to lines. */
@NullMarked
package dev.floe.cli.picture;

import org.jspecify.annotations.NullMarked;
