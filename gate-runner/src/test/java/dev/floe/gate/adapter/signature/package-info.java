@NullMarked
package dev.floe.gate.adapter.signature;

import org.jspecify.annotations.NullMarked;
