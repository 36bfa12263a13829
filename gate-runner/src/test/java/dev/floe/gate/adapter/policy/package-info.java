@NullMarked
package dev.floe.gate.adapter.policy;

import org.jspecify.annotations.NullMarked;
