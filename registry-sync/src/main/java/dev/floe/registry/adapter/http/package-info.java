/** The door that takes files to be stored. */
@NullMarked
package dev.floe.registry.adapter.http;

import org.jspecify.annotations.NullMarked;
