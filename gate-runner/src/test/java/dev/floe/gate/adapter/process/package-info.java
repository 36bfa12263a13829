@NullMarked
package dev.floe.gate.adapter.process;

import org.jspecify.annotations.NullMarked;
