/** The runner's own copy of the manifest, as files. */
@NullMarked
package dev.floe.gate.adapter.file;

import org.jspecify.annotations.NullMarked;
