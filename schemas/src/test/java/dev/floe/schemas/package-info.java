/** What the schemas and the catalogue promise. */
@NullMarked
package dev.floe.schemas;

import org.jspecify.annotations.NullMarked;
