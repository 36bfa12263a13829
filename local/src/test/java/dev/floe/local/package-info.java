/** The whole system, seen from outside: through HTTP, Kafka, registries and processes alone. */
@NullMarked
package dev.floe.local;

import org.jspecify.annotations.NullMarked;
