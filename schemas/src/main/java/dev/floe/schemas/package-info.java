/** The catalogue of topics; the records themselves are generated from {@code src/main/avro}. */
@NullMarked
package dev.floe.schemas;

import org.jspecify.annotations.NullMarked;
