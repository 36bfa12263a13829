@NullMarked
package dev.floe.gate.adapter.file;

import org.jspecify.annotations.NullMarked;
