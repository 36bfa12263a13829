/** The built-in gate {@code security_scan}: who signed an artifact, and whether that counts. */
@NullMarked
package dev.floe.gate.adapter.signature;

import org.jspecify.annotations.NullMarked;
