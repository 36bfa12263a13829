/** The manifest and its words: versions, digests, references, environments, gates, teams. */
@NullMarked
package dev.floe.manifest;

import org.jspecify.annotations.NullMarked;
