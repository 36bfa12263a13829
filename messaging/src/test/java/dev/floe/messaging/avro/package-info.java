/** Tests of what stands in the package of the same name. */
@NullMarked
package dev.floe.messaging.avro;

import org.jspecify.annotations.NullMarked;
