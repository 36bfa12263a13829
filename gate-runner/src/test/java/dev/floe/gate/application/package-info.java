@NullMarked
package dev.floe.gate.application;

import org.jspecify.annotations.NullMarked;
