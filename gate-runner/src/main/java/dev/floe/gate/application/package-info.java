/** What the gate runner asks of the outside: to run one gate and to say what came of it. */
@NullMarked
package dev.floe.gate.application;

import org.jspecify.annotations.NullMarked;
