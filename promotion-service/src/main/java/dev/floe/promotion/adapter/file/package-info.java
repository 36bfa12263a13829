/** Keeps manifests on disk. */
@NullMarked
package dev.floe.promotion.adapter.file;

import org.jspecify.annotations.NullMarked;
