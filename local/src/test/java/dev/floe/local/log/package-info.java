@NullMarked
package dev.floe.local.log;

import org.jspecify.annotations.NullMarked;
